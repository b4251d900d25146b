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
  if (component === null || githubReport === 'none') return places;
  const { name, repository, source } = component;
  if (!githubSourceSchema.shape.repository.safeParse(repository).success) return places;
  if (githubReport === 'issue') {
    places.push({ kind: 'github-issue', repository, component: name });
  } else {
    places.push({ kind: githubReport, repository, component: name, commit: commitOf(source) });
  }
  return places;
}

/** A folder may hold another commit than the one that was pushed: its analysis tells. */
function commitOf(source: Source): string | null {
  return source.kind === 'github' ? (source.atCommit ?? null) : null;
}
