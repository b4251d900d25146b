import { componentAnalysis } from '../lib/flows/component-analysis/run.ts';
import { createAnalysisServices } from '../lib/flows/component-analysis/create-services.ts';
import { flowServices } from './services/flow-services.ts';
import { keepCounts } from './services/keep-counts.ts';
import { analysisTasks } from './threads/analysis-tasks.ts';

/** Analyses one component of a repository, on demand. */
export const handler = componentAnalysis.handler(async () => {
  const host = await flowServices([
    'agents',
    'codeHost',
    'config',
    'leases',
    'linkTo',
    'runs',
    'sessions',
    'stack',
    'store',
    'tracker',
  ]);
  return createAnalysisServices(host, analysisTasks);
}, keepCounts);
