import type { HostServices } from '../../runtime/host-services.ts';
import { createAskingPauses } from '../agents/asking/asking-pauses.ts';
import { createAskingProgress } from '../agents/asking/asking-progress.ts';
import { createAgentServices } from '../agents/create-agent-services.ts';
import { createAnswers, type Answers } from '../answers/answers.ts';
import { createRequestAllowances } from '../answers/request-allowances.ts';
import { createTracking } from '../tracking/tracking.ts';
import { instructionsFor } from './configured-components.ts';
import type { ComponentAnalysisServices } from './services.ts';
import { createAnalysisSlots } from './slots.ts';
import type { AnalysisTasks } from './tasks/analysis-tasks.ts';

/**
 * To the tracker for one analysis, retries among them, as long as one process works on it: an analysis that goes
 * on in another process counts anew, and so does each later attempt to write an answer that is owed.
 */
const requestsPerRun = 12;

/** More, for an hour in which agents are at work: six times how long they have been at it, nine times who got on. */
const requestsForAgents = 18;

type NeededServices = Pick<
  HostServices,
  | 'agents'
  | 'codeHost'
  | 'config'
  | 'leases'
  | 'linkTo'
  | 'runs'
  | 'sessions'
  | 'stack'
  | 'store'
  | 'tracker'
>;

/** What the flow works with on a host. */
export function createAnalysisServices(
  host: NeededServices,
  tasks: AnalysisTasks,
): ComponentAnalysisServices & { answers: Answers } {
  const allowances = createRequestAllowances(requestsPerRun);
  const { config } = host.config;
  const shared = { ...host, now: Date.now };
  const answers = createAnswers({ ...shared, allowances, readAnswer: tasks.readAnswer });
  return {
    tasks,
    answers,
    asking: {
      ...createAgentServices(host),
      instructionsFor: (component) => instructionsFor(component, config),
      pauses: createAskingPauses(Math.random),
      progress: createAskingProgress({
        answers,
        now: Date.now,
        begin: (runId) => allowances.allowMore(runId, requestsForAgents),
      }),
      runs: host.runs,
      stack: host.stack,
      tasks,
    },
    tracking: createTracking(shared),
    hasTrackingIssue: config.linear.trackingIssue !== undefined,
    allowances,
    ...(host.leases && {
      slots: createAnalysisSlots(host.leases, config.runs.concurrentAnalyses),
    }),
    now: Date.now,
  };
}
