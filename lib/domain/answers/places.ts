import type { Origin } from '../origin.ts';
import { githubSourceSchema, type Source } from '../source.ts';
import type { Place } from './place.ts';

/** What of a run tells where it is answered. */
export interface AskedRun {
  origin: Origin | undefined;
  /** Null where nobody could tell which component was meant. */
  component: { name: string; repository: string; source: Source } | null;
}

export type GithubReport = 'none' | 'commit-status' | 'check-run' | 'issue';

/** @param githubReport where the configuration wants the repository's outcomes on GitHub */
export function placesOf({ component, origin }: AskedRun, githubReport: GithubReport): Place[] {
  const places: Place[] = [];
  if (origin?.kind === 'linear-issue') places.push(origin);
  if (component === null) return places;
  const { name, repository, source } = component;
  if (origin?.kind === 'linear-session') places.push({ ...origin, repository, component: name });
  if (githubReport === 'none') return places;
  if (!githubSourceSchema.shape.repository.safeParse(repository).success) return places;
  if (githubReport === 'issue') {
    places.push({ kind: 'github-issue', repository, component: name });
  } else if (source.kind === 'github') {
    // What a folder holds may be changed, and is then no commit that GitHub knows.
    const commit = source.atCommit ?? null;
    places.push({ kind: githubReport, repository, component: name, commit });
  }
  return places;
}
