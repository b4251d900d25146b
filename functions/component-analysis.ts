import { componentAnalysis } from '../lib/flows/component-analysis/run.ts';
import { createAnalysisServices } from '../lib/flows/component-analysis/create-services.ts';
import { hostServices } from '../lib/runtime/host-services.ts';
import { analysisTasks } from './threads/analysis-tasks.ts';

/** Analyses one component of a repository, on demand. */
export const handler = componentAnalysis.handler(async () =>
  createAnalysisServices(hostServices(), analysisTasks),
);
