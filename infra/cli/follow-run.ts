import { setTimeout as delay } from 'node:timers/promises';
import { finalRunStates, type RunDetail, type RunLogLine } from '../../lib/domain/run.ts';
import type { RunReader } from '../desk/run-reader.ts';
import type { RunPlace } from './desks/run-place.ts';

interface Following {
  reader: Pick<RunReader, 'getRun' | 'logs'>;
  place: Pick<RunPlace, 'pollMs' | 'lateMs'>;
}

/** Shows the lines of a run's log as they come, until it has ended. */
export async function followRun(
  { place, reader }: Following,
  runId: string,
  show: (line: RunLogLine) => void,
): Promise<RunDetail> {
  let after = 0;
  let endSeenAt: number | undefined;
  for (;;) {
    // The state first: lines written before the end are then surely read.
    const run = await reader.getRun(runId);
    const lines = await reader.logs(run.id, { after });
    for (const line of lines) {
      show(line);
      after = line.seq;
    }
    if (finalRunStates.includes(run.state)) endSeenAt ??= Date.now();
    const isSettled = endSeenAt !== undefined && Date.now() - endSeenAt >= place.lateMs;
    if (isSettled && lines.length === 0) return run;
    if (lines.length === 0) await delay(place.pollMs);
  }
}

/** Waits for the end alone. */
export async function untilRunEnds(
  { place, reader }: Following,
  runId: string,
): Promise<RunDetail> {
  for (;;) {
    const run = await reader.getRun(runId);
    if (finalRunStates.includes(run.state)) return run;
    await delay(place.pollMs);
  }
}
