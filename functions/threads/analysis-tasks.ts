import { createTasksOnThread } from '../../lib/flows/component-analysis/tasks/analysis-tasks.ts';

const module = new URL('./component-analysis.ts', import.meta.url);

/** For all functions of a process together: they share one thread, which starts with the first task. */
export const analysisTasks = createTasksOnThread(module);
