import { createTasksOnThread } from '../../lib/flows/component-analysis/tasks/analysis-tasks.ts';
import { isDeployed } from '../../lib/runtime/deployed-environment.ts';

/** By a name that `package.json` explains, here and in a bundle: there the file has another name and place. */
const module = new URL(import.meta.resolve('#component-analysis-thread'));

/** Milliseconds. A job that takes too long is tried twice, and on AWS both must fit into 15 minutes. */
const jobLimit = 420_000;

/** For all functions of a process together: they share one thread, which starts with the first task. */
export const analysisTasks = createTasksOnThread(
  module,
  isDeployed(process.env) ? { jobLimit } : {},
);
