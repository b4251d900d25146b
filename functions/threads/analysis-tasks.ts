import { createTasksOnThread } from '../../lib/flows/component-analysis/tasks/analysis-tasks.ts';

/** By a name that `package.json` explains, here and in a bundle: there the file has another name and place. */
const module = new URL(import.meta.resolve('#component-analysis-thread'));

/** For all functions of a process together: they share one thread, which starts with the first task. */
export const analysisTasks = createTasksOnThread(module);
