import { flowNames } from '../../domain/flow-names.ts';
import { waitingForTurn } from '../../domain/agents/session/plan.ts';
import type { FlowContext } from '../../runtime/flow-context.ts';
import { flow } from '../../runtime/flow.ts';
import type { Logger } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import { askAgents } from '../agents/ask-agents.ts';
import { answering } from './answering.ts';
import {
  componentAnalysisInputSchema,
  type AnalysisInput,
  type AnalysisResult,
  type ComponentAnalysisInput,
  type ComponentAnalysisResult,
} from './input.ts';
import { holdingSlot } from './holding-slot.ts';
import type { ComponentAnalysisServices } from './services.ts';
import { createSteps, type Step } from './steps.ts';
import type { AnalysisTasks } from './tasks/analysis-tasks.ts';
import type { AnalysedComponent } from './tasks/static-results.ts';
import type { RunRequest } from './tasks/work.ts';

/** A day: up to 10 hours until there is a slot, 12 for agents, and the rest for its own work and the answer. */
const longestRunSeconds = 86_400;

/**
 * Looks at one component of a repository and reports what it finds; where nobody can tell which
 * component was meant, it reports that. Whoever asked for it is answered.
 */
export const componentAnalysis = flow<
  ComponentAnalysisInput,
  ComponentAnalysisResult,
  ComponentAnalysisServices
>({
  name: flowNames.componentAnalysis,
  input: componentAnalysisInputSchema,
  executionTimeoutSeconds: longestRunSeconds,

  run: (flowContext, input, services) =>
    answering(flowContext, { input, services }, async () =>
      input.kind === 'unknown-component'
        ? flowContext.task('report', retries.few, ({ log }) =>
            services.tasks.reportUnknownComponent({ input, runId: flowContext.runId }, log),
          )
        : analyseComponent(flowContext, input, services),
    ),
});

/** Agents take up to hours, and nothing of this machine: no slot is held meanwhile. */
async function analyseComponent(
  flowContext: FlowContext,
  input: AnalysisInput,
  services: ComponentAnalysisServices,
): Promise<AnalysisResult> {
  const { asking, now, slots, tasks, tracking } = services;
  const { runId } = flowContext;
  const step = createSteps(flowContext, input, services);
  const tell = (log: Logger) => tellOfWait({ input, runId }, services, log);
  const analysed = await holdingSlot(flowContext, { slots, tell, now }, () =>
    inspectComponent(step, { input, runId }, tasks),
  );
  const agents = input.agents === true ? await askAgents(flowContext, analysed, asking) : [];
  return step('report', retries.few, async (log) => {
    const { component, result } = await tasks.report({ ...analysed, agents }, log);
    await tracking.noteResult(component);
    return result;
  });
}

/** An agent session in which nobody says anything for half an hour looks as if nobody were there. */
async function tellOfWait(
  { input, runId }: RunRequest,
  { allowances, answers }: ComponentAnalysisServices,
  log: Logger,
): Promise<void> {
  // Beyond what it needs later on: the wait may last for hours.
  if (input.agents === true) allowances.allowMore(runId, 1);
  await answers.progress({ id: runId, input }, waitingForTurn, log);
}

/**
 * Tasks hand on references to stored values: a checkpoint stays small, and a restart goes on where the
 * last task ended.
 */
async function inspectComponent(
  step: Step,
  run: RunRequest,
  tasks: AnalysisTasks,
): Promise<AnalysedComponent> {
  const ofSource = run.input.source.kind === 'github' ? retries.patient : retries.few;
  const files = await step('get component files', ofSource, (log) =>
    tasks.getComponentFiles(run, log),
  );
  const quality = await step('analyse code quality', retries.few, (log) =>
    tasks.analyseCodeQuality({ ...run, files }, log),
  );
  const facts = { ...run, files, quality };
  const architecture = await step('analyse architecture', retries.few, (log) =>
    tasks.analyseArchitecture(facts, log),
  );
  const integration = await step('analyse integration points', retries.few, (log) =>
    tasks.analyseIntegrationPoints(facts, log),
  );
  return { ...facts, architecture, integration };
}
