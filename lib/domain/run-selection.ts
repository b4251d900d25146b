import { hangingError } from './reconcile/hanging-run.ts';
import type { RunSelection, RunState, RunSummary } from './run.ts';

type Selectable = Pick<RunSummary, 'cause' | 'errorType' | 'state'>;

/** Whether a run failed, timed out or hung; those that people have stopped are no matter. */
function needsAttention({ errorType, state }: Selectable): boolean {
  const matters: readonly RunState[] = ['failed', 'timed_out'];
  return matters.includes(state) || (state === 'stopped' && errorType === hangingError);
}

/** Whether a schedule has started it and it succeeded. */
function isRoutine({ cause, state }: Selectable): boolean {
  return state === 'succeeded' && cause.kind === 'schedule';
}

/** Whether a run belongs to what was asked for. */
export function isSelected(run: Selectable, select: RunSelection): boolean {
  if (select === 'attention') return needsAttention(run);
  return select === 'all' || !isRoutine(run);
}
