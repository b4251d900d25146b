import type { SourceInspector } from '../../analysis/source-inspector.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SourceHost } from '../../ports/source-host.ts';
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
import { analyseArchitectureTask } from './tasks/analyse-architecture.ts';
import { analyseCodeQualityTask } from './tasks/analyse-code-quality.ts';
import { analyseIntegrationPointsTask } from './tasks/analyse-integration-points.ts';
import { getComponentFilesTask } from './tasks/get-component-files.ts';
import { reportTask } from './tasks/report.ts';
import { reportUnknownComponentTask } from './tasks/report-unknown-component.ts';

export interface AnalysisServices {
  sourceHost: SourceHost;
  blobs: Blobs;
  inspector: SourceInspector;
  clock: Clock;
}

/**
 * Looks at one component of a repository and reports what it finds; where nobody can tell which
 * component was meant, it reports that.
 */
export const componentAnalysis = flow<
  ComponentAnalysisInput,
  ComponentAnalysisResult,
  AnalysisServices
>({
  name: 'component-analysis',
  input: componentAnalysisInputSchema,
  executionTimeoutSeconds: 3_600,

  run: (flowContext, input, services) =>
    input.kind === 'unknown-component'
      ? flowContext.task('report', retries.few, (task) =>
          reportUnknownComponentTask({ ...services, input, runId: flowContext.runId }, task),
        )
      : analyseComponent(flowContext, input, services),
});

/**
 * Tasks hand on references to stored values: a checkpoint stays small, and a restart goes on where the
 * last task ended.
 */
async function analyseComponent(
  flowContext: FlowContext,
  input: AnalysisInput,
  services: AnalysisServices,
): Promise<AnalysisResult> {
  const work = { ...services, input, runId: flowContext.runId };

  const files = await flowContext.task('get component files', retries.few, (task) =>
    getComponentFilesTask(work, task),
  );
  const quality = await flowContext.task('analyse code quality', retries.few, (task) =>
    analyseCodeQualityTask(work, task, files),
  );
  const architecture = await flowContext.task('analyse architecture', retries.few, (task) =>
    analyseArchitectureTask(work, task, { ...files, ...quality }),
  );
  const integration = await flowContext.task('analyse integration points', retries.few, (task) =>
    analyseIntegrationPointsTask(work, task, { ...files, ...quality }),
  );
  return flowContext.task('report', retries.few, (task) =>
    reportTask(work, task, { files, quality, architecture, integration }),
  );
}
