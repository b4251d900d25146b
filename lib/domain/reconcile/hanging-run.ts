import type { RunDetail } from '../run.ts';

/**
 * One limit for all flows: their tasks take seconds to a few minutes, and a limit drawn from a flow's
 * usual time would have nothing to go by at first and change whenever the work grows.
 */
const patienceMinutes = 30;
const patienceMs = patienceMinutes * 60_000;

/** Type of the error of a run that was stopped because it hung: tells it from those people have stopped. */
export const hangingError = 'Hanging';

/** Why such a run is stopped. */
export const hangingReason = `No progress for ${patienceMinutes} minutes`;

/** When the run has last begun or ended something, in milliseconds since the epoch. */
function lastProgress({ startedAt, tasks }: RunDetail): number {
  const times = tasks.flatMap((task) => [task.startedAt, task.endedAt ?? task.startedAt]);
  return Math.max(Date.parse(startedAt), ...times.map((time) => Date.parse(time)));
}

/**
 * Whether a run has stood still for too long. One that waits for a timer or an answer does not hang; its
 * own time limit ends it.
 * @param now milliseconds since the epoch, as is `awakeSince`: before, nothing could move
 * @param busyFlows flows of which a run is at work: pending runs of theirs wait for their turn
 */
export function hangs(
  run: RunDetail,
  {
    awakeSince,
    busyFlows,
    now,
  }: { awakeSince: number; busyFlows: ReadonlySet<string>; now: number },
): boolean {
  if (now - Math.max(lastProgress(run), awakeSince) < patienceMs) return false;
  return run.state === 'running' || (run.state === 'pending' && !busyFlows.has(run.flow));
}
