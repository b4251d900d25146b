import { createAnalysisTasks } from '../../lib/flows/component-analysis/tasks/create-analysis-tasks.ts';
import { serveJobs } from '../../lib/runtime/serve-jobs.ts';
import { threadServices } from '../services/thread-services.ts';

/** Runs in a worker thread: what `component-analysis.ts` has done off the thread that answers requests. */
serveJobs({ ...createAnalysisTasks(await threadServices()) });
