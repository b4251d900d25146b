import { formatLogLine } from '../../lib/dashboard/run-text.ts';
import { exitCodes } from './exit-codes.ts';
import { followRun } from './follow-run.ts';
import type { OpenDesk } from './desks/open-desk.ts';
import { printProgress } from './output.ts';

/**
 * Without a host a run has only this process to work in: shows its log until it has ended. With one, or on
 * a stack, there is nothing to wait for, and the run can be followed from there.
 * @returns the exit code
 */
export async function finishRun(
  { desk, place, runsHere }: Pick<OpenDesk, 'desk' | 'place' | 'runsHere'>,
  runId: string,
): Promise<number> {
  if (!runsHere) {
    printProgress(`Follow it: cicd runs logs ${runId.slice(0, 8)} --follow${place.option}`);
    return exitCodes.done;
  }
  const following = { reader: desk, place };
  const run = await followRun(following, runId, (line) => printProgress(formatLogLine(line)));
  return run.state === 'succeeded' ? exitCodes.done : exitCodes.failed;
}
