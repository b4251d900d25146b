import type { Place } from '../../domain/answers/place.ts';
import { stableId } from '../../runtime/stable-id.ts';

/**
 * Names what is owed to a place: runs that would show something at the same place share it, and the newest
 * one of them answers.
 */
export function answerKey(place: Place, runId: string): string {
  const { kind } = place;
  if (kind === 'linear-issue') return stableId('answer', kind, place.id);
  // GitHub takes a name in any case for the same repository.
  const component = [place.repository.toLowerCase(), place.component];
  if (kind === 'linear-session') return stableId('answer', kind, place.id, ...component);
  if (kind === 'github-issue') return stableId('answer', kind, ...component);
  // As long as the commit is unknown, nothing is shown that another run could be in the way of.
  return stableId('answer', kind, ...component, place.commit ?? `run ${runId}`);
}

/** Address that leads to the newest report that was shown at a place: it stays the same for later runs. */
export function answerLink(linkTo: (runId: string) => string, key: string): string {
  return new URL(`../answers/${key}`, linkTo('latest')).href;
}
