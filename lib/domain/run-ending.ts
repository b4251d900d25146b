import { hangingError } from './reconcile/hanging-run.ts';
import type { RunState } from './run.ts';

/** How a run has ended, as it is counted. */
export type RunEnding = 'succeeded' | 'failed' | 'stopped';

/**
 * A run that hung has failed, though autonomous-cicd has stopped it; what a person stops has not.
 * @returns undefined while it goes on
 */
export function endingOf(run: {
  state: RunState;
  errorType: string | null;
}): RunEnding | undefined {
  switch (run.state) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
    case 'timed_out':
      return 'failed';
    case 'stopped':
      return run.errorType === hangingError ? 'failed' : 'stopped';
    default:
      return undefined;
  }
}
