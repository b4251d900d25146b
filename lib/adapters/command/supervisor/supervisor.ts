/**
 * Watches over one agent in a process of its own, which lives on when the host is killed:
 * `node supervisor.ts FOLDER`. Its environment is the agent's.
 */
import { superviseRun } from './supervise-run.ts';

const [, , folder = ''] = process.argv;
await superviseRun(folder);
// What still holds the agent's output open is not waited for.
process.exit();
