import type { HostServices } from '../../runtime/host-services.ts';
import { createAnswers, type Answers } from '../answers/answers.ts';
import { createRequestAllowances } from '../answers/request-allowances.ts';
import { createTracking } from '../tracking/tracking.ts';
import type { ComponentAnalysisServices } from './services.ts';
import { createAnalysisSlots } from './slots.ts';
import type { AnalysisTasks } from './tasks/analysis-tasks.ts';

/**
 * To the tracker for one analysis, retries among them, as long as one process works on it: an analysis that goes
 * on in another process counts anew, and so does each later attempt to write an answer that is owed.
 */
const requestsPerRun = 12;

type NeededServices = Pick<
  HostServices,
  'codeHost' | 'config' | 'leases' | 'linkTo' | 'runs' | 'stack' | 'store' | 'tracker'
>;

/** What the flow works with on a host. */
export function createAnalysisServices(
  host: NeededServices,
  tasks: AnalysisTasks,
): ComponentAnalysisServices & { answers: Answers } {
  const allowances = createRequestAllowances(requestsPerRun);
  const { config } = host.config;
  const shared = { ...host, now: Date.now };
  return {
    tasks,
    answers: createAnswers({ ...shared, allowances, readAnswer: tasks.readAnswer }),
    tracking: createTracking(shared),
    hasTrackingIssue: config.linear.trackingIssue !== undefined,
    allowances,
    ...(host.leases && {
      slots: createAnalysisSlots(host.leases, config.runs.concurrentAnalyses),
    }),
    now: Date.now,
  };
}
