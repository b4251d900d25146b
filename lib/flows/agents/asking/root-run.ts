import { UpstreamError } from '../../../domain/errors.ts';
import type { RunSummary } from '../../../domain/run.ts';
import type { Runs } from '../../../ports/runs.ts';

/** So often in a row no run is started again. */
const longestChain = 50;

/**
 * The run that has first asked for what this one asks for: a run that was started again, by a person, by
 * autonomous-cicd or after an upgrade, goes on with the agent runs of the one before. Where that one had succeeded,
 * somebody wants new ones.
 * @throws UpstreamError when the runs cannot be read, or do not know this one yet
 */
export async function findRootRun(runId: string, runs: Pick<Runs, 'getSummary'>): Promise<string> {
  const own = await runs.getSummary(runId);
  // Taken for one that begins, it would pay once more for what runs before it have asked for.
  if (own === undefined) {
    const problem = `The run ${runId} cannot be found among the runs yet.`;
    throw new UpstreamError(problem, { service: 'runs', retryable: true });
  }
  let root = own;
  for (let length = 1; length < longestChain; length += 1) {
    const before = await runBefore(root, runs);
    if (before === undefined) break;
    root = before;
  }
  return root.id;
}

/** Other flows start analyses as well; those are no analyses that have failed. */
async function runBefore(
  { cause, flow }: RunSummary,
  runs: Pick<Runs, 'getSummary'>,
): Promise<RunSummary | undefined> {
  if (cause.kind !== 'run') return undefined;
  const before = await runs.getSummary(cause.runId);
  return before?.flow === flow && before.state !== 'succeeded' ? before : undefined;
}
