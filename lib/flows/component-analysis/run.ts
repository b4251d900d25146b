import type { FlowContext } from '../../runtime/flow-context.ts';
import { flow } from '../../runtime/flow.ts';
import { retries } from '../../runtime/retry-policies.ts';
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
import { createSteps } from './steps.ts';

/** A day, most of which may go by until there is a slot. What hangs is stopped long before. */
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
  name: 'component-analysis',
  input: componentAnalysisInputSchema,
  executionTimeoutSeconds: longestRunSeconds,

  run: (flowContext, input, services) =>
    answering(flowContext, { input, services }, async () =>
      input.kind === 'unknown-component'
        ? flowContext.task('report', retries.few, ({ log }) =>
            services.tasks.reportUnknownComponent({ input, runId: flowContext.runId }, log),
          )
        : holdingSlot(flowContext, services.slots, () =>
            analyseComponent(flowContext, input, services),
          ),
    ),
});

/**
 * Tasks hand on references to stored values: a checkpoint stays small, and a restart goes on where the
 * last task ended.
 */
async function analyseComponent(
  flowContext: FlowContext,
  input: AnalysisInput,
  services: ComponentAnalysisServices,
): Promise<AnalysisResult> {
  const { tasks, tracking } = services;
  const run = { input, runId: flowContext.runId };
  const step = createSteps(flowContext, input, services);

  const ofSource = input.source.kind === 'github' ? retries.patient : retries.few;
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
  return step('report', retries.few, async (log) => {
    const analysed = { ...facts, architecture, integration, agents: [] };
    const { component, result } = await tasks.report(analysed, log);
    await tracking.noteResult(component);
    return result;
  });
}
