import { lostError, type RunDetail, type RunSummary } from '../run.ts';
import { hangingError } from './hanging-run.ts';

/**
 * What another attempt can help against, by the names of errors: all that a run keeps of them. Other
 * names stand for mistakes in the input, the configuration or the program, which come again.
 * @see UpstreamError
 */
const passingError = 'UpstreamError';

/** A run of such an end may well succeed when it is started again, whatever it has done. */
const passingEnds: ReadonlySet<string> = new Set([passingError, lostError]);

/** Under these names a flow fails with what one of its tasks has thrown. */
const errorsOfTasks: ReadonlySet<string> = new Set(['StepError', 'ChildContextError']);

/**
 * The ended runs that nobody has started again yet: no retries themselves, and no scheduled flows, which
 * come again anyway.
 * @param runs of the time that counts
 */
export function listRetryCandidates<Run extends RunSummary>(
  runs: readonly Run[],
  scheduledFlows: readonly string[],
): Run[] {
  const startedAgain = new Set(
    runs.flatMap(({ cause }) => (cause.kind === 'run' ? [cause.runId] : [])),
  );
  return runs.filter(
    ({ cause, endedAt, flow, id, state }) =>
      endedAt !== null &&
      state !== 'succeeded' &&
      cause.kind !== 'run' &&
      !startedAgain.has(id) &&
      !scheduledFlows.includes(flow),
  );
}

/** Whether starting it again can be of use, going by what lists tell of a run. */
export function mayBeWorthRetrying({ errorType, state }: RunSummary): boolean {
  if (state === 'timed_out') return true;
  if (state === 'stopped') return errorType === hangingError;
  if (state !== 'failed' || errorType === null) return false;
  return passingEnds.has(errorType) || errorsOfTasks.has(errorType);
}

/** Whether the same run, started again, may well succeed. */
export function isWorthRetrying(run: RunDetail): boolean {
  if (!mayBeWorthRetrying(run)) return false;
  const { error, tasks } = run;
  if (error === null || !errorsOfTasks.has(error.type)) return true;
  // The flow may have got over other failures of tasks; it ended by the one of this message.
  return tasks.some(
    (task) => task.error?.type === passingError && task.error.message === error.message,
  );
}

/** One name for all attempts at starting a run again, so that it is done once. */
export function retryName(runId: string): string {
  return `again-${runId}`;
}
