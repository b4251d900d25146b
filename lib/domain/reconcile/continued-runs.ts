import { finalRunStates, type RunSummary } from '../run.ts';

/**
 * Ids of the runs that others were started for again, as long as one of those has not ended: it goes on with what they
 * have left.
 * @param runs of the time that counts
 */
export function listContinuedRuns(
  runs: readonly Pick<RunSummary, 'cause' | 'id' | 'state'>[],
): ReadonlySet<string> {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const continued = new Set<string>();
  for (const living of runs.filter(({ state }) => !finalRunStates.includes(state))) {
    let cause = living.cause;
    while (cause.kind === 'run' && !continued.has(cause.runId)) {
      continued.add(cause.runId);
      cause = byId.get(cause.runId)?.cause ?? cause;
    }
  }
  return continued;
}
