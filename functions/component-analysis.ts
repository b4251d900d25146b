import { componentAnalysis } from '../lib/flows/component-analysis/run.ts';
import { createTasksOnThread } from '../lib/flows/component-analysis/tasks/analysis-tasks.ts';

const thread = new URL('./threads/component-analysis.ts', import.meta.url);

/** Analyses one component of a repository, on demand. */
export const handler = componentAnalysis.handler(async () => createTasksOnThread(thread));
