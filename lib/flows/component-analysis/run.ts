import type { FlowContext } from '../../runtime/flow-context.ts';
import { flow } from '../../runtime/flow.ts';
import { retries } from '../../runtime/retry-policies.ts';
import {
  componentAnalysisInputSchema,
  type AnalysisInput,
  type AnalysisResult,
  type ComponentAnalysisInput,
  type ComponentAnalysisResult,
} from './input.ts';
import type { AnalysisTasks } from './tasks/analysis-tasks.ts';

/**
 * Looks at one component of a repository and reports what it finds; where nobody can tell which
 * component was meant, it reports that.
 */
export const componentAnalysis = flow<
  ComponentAnalysisInput,
  ComponentAnalysisResult,
  AnalysisTasks
>({
  name: 'component-analysis',
  input: componentAnalysisInputSchema,
  executionTimeoutSeconds: 3_600,

  run: (flowContext, input, tasks) =>
    input.kind === 'unknown-component'
      ? flowContext.task('report', retries.few, ({ log }) =>
          tasks.reportUnknownComponent({ input, runId: flowContext.runId }, log),
        )
      : analyseComponent(flowContext, input, tasks),
});

/**
 * Tasks hand on references to stored values: a checkpoint stays small, and a restart goes on where the
 * last task ended.
 */
async function analyseComponent(
  flowContext: FlowContext,
  input: AnalysisInput,
  tasks: AnalysisTasks,
): Promise<AnalysisResult> {
  const run = { input, runId: flowContext.runId };

  const ofSource = input.source.kind === 'github' ? retries.patient : retries.few;
  const files = await flowContext.task('get component files', ofSource, ({ log }) =>
    tasks.getComponentFiles(run, log),
  );
  const quality = await flowContext.task('analyse code quality', retries.few, ({ log }) =>
    tasks.analyseCodeQuality({ ...run, files }, log),
  );
  const facts = { ...run, files, quality };
  const architecture = await flowContext.task('analyse architecture', retries.few, ({ log }) =>
    tasks.analyseArchitecture(facts, log),
  );
  const integration = await flowContext.task('analyse integration points', retries.few, ({ log }) =>
    tasks.analyseIntegrationPoints(facts, log),
  );
  return flowContext.task('report', retries.few, ({ log }) =>
    tasks.report({ ...facts, architecture, integration }, log),
  );
}
