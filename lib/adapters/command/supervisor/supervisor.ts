/**
 * Watches over one agent in a process of its own, which lives on when the host is killed:
 * `node supervisor.ts ROOT ID`. Its environment is the agent's.
 */
import { runPaths } from '../run-paths.ts';
import { superviseRun } from './supervise-run.ts';

const [, , root = '', id = ''] = process.argv;
await superviseRun(runPaths(root, id));
// What still holds the agent's output open is not waited for.
process.exit();
