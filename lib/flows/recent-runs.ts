import type { RunSummary } from '../domain/run.ts';
import type { Runs } from '../ports/runs.ts';

const runsAtATime = 500;

/**
 * The runs that were started since then, newest first.
 * @param since milliseconds since the epoch
 */
export async function listRunsSince(
  runs: Pick<Runs, 'list'>,
  since: number,
): Promise<RunSummary[]> {
  const found: RunSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await runs.list({ limit: runsAtATime, cursor });
    const recent = page.runs.filter(({ startedAt }) => Date.parse(startedAt) >= since);
    found.push(...recent);
    cursor = recent.length === page.runs.length ? (page.next ?? undefined) : undefined;
  } while (cursor !== undefined);
  return found;
}
