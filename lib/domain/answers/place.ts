import { z } from 'zod';

/** The analysis of a component of a repository on GitHub, shown at a commit. */
const atCommit = {
  /** `owner/name` */
  repository: z.string(),
  component: z.string(),
  /** 40 hex digits; null until the analysis tells which commit it has read. */
  commit: z.string().nullable(),
};

/** Where the outcome of a run is shown. */
export const placeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('linear-issue'),
    id: z.string(),
    /** `ENG-7` */
    identifier: z.string(),
  }),
  /** One answer a component: a session may ask about several. */
  z.object({
    kind: z.literal('linear-session'),
    id: z.string(),
    /** Of the issue that it belongs to; null where it belongs to none. */
    identifier: z.string().nullable(),
    repository: z.string(),
    component: z.string(),
  }),
  z.object({ kind: z.literal('commit-status'), ...atCommit }),
  z.object({ kind: z.literal('check-run'), ...atCommit }),
  /** One issue a component. */
  z.object({ kind: z.literal('github-issue'), repository: z.string(), component: z.string() }),
]);
export type Place = z.infer<typeof placeSchema>;

const kindWords = {
  'commit-status': 'commit status',
  'check-run': 'check run',
  'github-issue': 'issue',
} as const;

/** Names a place for people: `ENG-7`, `session of ENG-7`, `check run in acme/shop`. */
export function describePlace(place: Place): string {
  if (place.kind === 'linear-issue') return place.identifier;
  if (place.kind === 'linear-session') {
    return place.identifier === null ? 'session in Linear' : `session of ${place.identifier}`;
  }
  return `${kindWords[place.kind]} in ${place.repository}`;
}

/** Places of the same service fail together. */
export function serviceOf({ kind }: Place): 'linear' | 'github' {
  return kind === 'linear-issue' || kind === 'linear-session' ? 'linear' : 'github';
}
