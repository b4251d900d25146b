import { componentAnalysis } from '../lib/flows/component-analysis/run.ts';
import { createAnalysisServices } from '../lib/flows/component-analysis/create-services.ts';
import { createTasksOnThread } from '../lib/flows/component-analysis/tasks/analysis-tasks.ts';
import { hostServices } from '../lib/runtime/host-services.ts';

const thread = new URL('./threads/component-analysis.ts', import.meta.url);

/** Analyses one component of a repository, on demand. */
export const handler = componentAnalysis.handler(async () =>
  createAnalysisServices(hostServices(), createTasksOnThread(thread)),
);
