import type { RunSummary } from '../domain/run.ts';
import type { Runs } from '../ports/runs.ts';

export const dayMs = 86_400_000;

const runsAtATime = 500;

/**
 * The runs that were started within the last 24 hours, newest first.
 * @param now milliseconds since the epoch
 */
export async function listRunsOfLastDay(
  runs: Pick<Runs, 'list'>,
  now: number,
): Promise<RunSummary[]> {
  const found: RunSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await runs.list({ limit: runsAtATime, cursor });
    const recent = page.runs.filter(({ startedAt }) => Date.parse(startedAt) > now - dayMs);
    found.push(...recent);
    // Newest first: behind an older one come older ones only.
    cursor = recent.length === page.runs.length ? (page.next ?? undefined) : undefined;
  } while (cursor !== undefined);
  return found;
}
