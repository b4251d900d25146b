import type { RunSummary } from '../domain/run.ts';
import type { Runs } from '../ports/runs.ts';
import { pagesOf } from './pages.ts';

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
  for await (const page of pagesOf((cursor) => runs.list({ limit: runsAtATime, cursor }))) {
    const recent = page.runs.filter(({ startedAt }) => Date.parse(startedAt) > now - dayMs);
    found.push(...recent);
    // Behind an older one come older ones only.
    if (recent.length < page.runs.length) break;
  }
  return found;
}
