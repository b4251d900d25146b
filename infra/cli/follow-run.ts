import { setTimeout as delay } from 'node:timers/promises';
import { finalRunStates, type RunDetail, type RunLogLine } from '../../lib/domain/run.ts';
import type { RunReader } from '../desk/run-reader.ts';

const pollMilliseconds = 250;

/** Shows the lines of a run's log as they come, until it has ended. */
export async function followRun(
  reader: RunReader,
  runId: string,
  show: (line: RunLogLine) => void,
): Promise<RunDetail> {
  let after = 0;
  for (;;) {
    // The state first: lines written before the end are then surely read.
    const run = await reader.getRun(runId);
    const lines = await reader.logs(run.id, { after });
    for (const line of lines) {
      show(line);
      after = line.seq;
    }
    if (finalRunStates.includes(run.state) && lines.length === 0) return run;
    if (lines.length === 0) await delay(pollMilliseconds);
  }
}
