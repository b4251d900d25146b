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
  z.object({ kind: z.literal('commit-status'), ...atCommit }),
  z.object({ kind: z.literal('check-run'), ...atCommit }),
  /** One issue a component. */
  z.object({ kind: z.literal('github-issue'), repository: z.string(), component: z.string() }),
]);
export type Place = z.infer<typeof placeSchema>;

/** Names a place for people. */
export function describePlace(place: Place): string {
  switch (place.kind) {
    case 'linear-issue':
      return place.identifier;
    case 'commit-status':
      return `commit status in ${place.repository}`;
    case 'check-run':
      return `check run in ${place.repository}`;
    case 'github-issue':
      return `issue in ${place.repository}`;
  }
}
