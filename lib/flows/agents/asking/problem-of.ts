import { isOwnErrorName, messageOf } from '../../../domain/errors.ts';

/**
 * Why a task has failed, as everybody may read it who sees the report. What a task has thrown comes as the engine's
 * error with a cause; the words of a defect are for the log alone.
 */
export function problemOf(error: unknown): string {
  const thrown = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const isOurs = thrown instanceof Error && isOwnErrorName(thrown.name);
  return isOurs ? messageOf(error) : 'Asking the agent failed: the log of the run says why.';
}
