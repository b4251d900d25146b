import type { PushedCommits } from '../../../domain/event.ts';
import { eventLimits } from '../../../domain/event-limits.ts';
import { cleanText, isJsonObject, textIn, type JsonObject } from '../../../domain/json-fields.ts';

/** GitHub lists no more commits of a push. */
const maxListedCommits = 2_048;

/** What a `push` payload tells; null when it names no ref. */
export function pushedCommits(payload: JsonObject): PushedCommits | null {
  const ref = textIn(payload, 'ref', eventLimits.ref);
  if (ref === null) return null;
  return {
    ref,
    after: textIn(payload, 'after', eventLimits.id) ?? '',
    before: textIn(payload, 'before', eventLimits.id),
    round: 1,
    deleted: payload['deleted'] === true,
    changedPaths: changedPathsOf(payload),
  };
}

/** Null unless the commits of the payload are all that lies between the branch before and after. */
function changedPathsOf(payload: JsonObject): string[] | null {
  const { after, before, commits, created, forced } = payload;
  if (!Array.isArray(commits) || commits.length >= maxListedCommits) return null;
  if (created === true || forced === true) return null;
  if (commits.length === 0 && before !== after) return null;

  const paths = new Set<string>();
  for (const commit of commits) {
    const changed = pathsOf(commit);
    if (changed === null) return null;
    for (const path of changed) paths.add(path);
  }
  return fitting([...paths]);
}

/** Null when the commit does not say what it changed. */
function pathsOf(commit: unknown): string[] | null {
  if (!isJsonObject(commit)) return null;
  const paths: string[] = [];
  for (const kind of ['added', 'removed', 'modified']) {
    const changed: unknown = commit[kind];
    if (!Array.isArray(changed)) return null;
    for (const path of changed) {
      if (typeof path !== 'string') return null;
      paths.push(cleanText(path));
    }
  }
  return paths;
}

function fitting(paths: string[]): string[] | null {
  const bytes = Buffer.byteLength(JSON.stringify(paths));
  return bytes <= eventLimits.changedPathsBytes ? paths : null;
}
