import type { RunDetail, RunSummary } from '../run.ts';

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

export interface HangingCircumstances {
  /** Milliseconds since the epoch, as is `now`: before, nothing could move. */
  awakeSince: number;
  /** Flows of which a run is at work: pending runs of theirs wait for their turn. */
  busyFlows: ReadonlySet<string>;
  now: number;
}

/**
 * Whether a run can have stood still for too long, going by what lists tell of it. One that waits for a
 * timer or an answer does not hang; its own time limit ends it.
 */
export function mayHang(run: RunSummary, circumstances: HangingCircumstances): boolean {
  const { busyFlows } = circumstances;
  const shouldMove =
    run.state === 'running' || (run.state === 'pending' && !busyFlows.has(run.flow));
  return shouldMove && isOutOfPatience(Date.parse(run.startedAt), circumstances);
}

/** Longer than any start is kept that has not been carried out; on the local host a turn may take longer. */
const longestStartMs = 7 * 3_600_000;

/** Whether a run that waits for its turn may have been dropped, going by what lists tell of it. */
export function mayBeLost({ startedAt, state }: RunSummary, now: number): boolean {
  return state === 'pending' && now - Date.parse(startedAt) >= longestStartMs;
}

/** Whether a run has stood still for too long. */
export function hangs(run: RunDetail, circumstances: HangingCircumstances): boolean {
  return mayHang(run, circumstances) && isOutOfPatience(lastProgress(run), circumstances);
}

/** When the run has last begun, tried again or ended something, in milliseconds since the epoch. */
function lastProgress({ startedAt, tasks }: RunDetail): number {
  return Math.max(Date.parse(startedAt), ...tasks.map(({ movedAt }) => Date.parse(movedAt)));
}

function isOutOfPatience(
  movedAt: number,
  { awakeSince, now }: Pick<HangingCircumstances, 'awakeSince' | 'now'>,
): boolean {
  return now - Math.max(movedAt, awakeSince) >= patienceMs;
}
