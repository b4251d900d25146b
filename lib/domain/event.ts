import { z } from 'zod';

/** Who sends webhooks. */
export const eventSourceSchema = z.enum(['github', 'linear']);
export type EventSource = z.infer<typeof eventSourceSchema>;

/** An event is small, whatever came in: bytes of its JSON. */
export const maxEventBytes = 16_384;

const text = (length: number) => z.string().max(length);

/** A push to a branch or tag of a GitHub repository. */
const pushSchema = z.object({
  /** `refs/heads/main` */
  ref: text(250),
  /** Commit after the push, 40 hex digits; zeros when the ref was deleted. */
  after: text(64),
  deleted: z.boolean(),
  /** Paths added, changed or removed by its commits; null when the payload does not tell them all. */
  changedPaths: z.array(z.string()).nullable(),
});
export type PushedCommits = z.infer<typeof pushSchema>;

/** A Linear issue as it was when the event happened. */
const linearIssueSchema = z.object({
  id: text(64),
  /** `ZAM-1084` */
  identifier: text(40),
  /** From before it moved to another team. */
  previousIdentifiers: z.array(text(40)).max(5),
  title: text(300),
  labels: z.array(z.object({ id: text(64), name: text(80) })).max(20),
  assigned: z.boolean(),
  /** Completed, cancelled, archived or in the trash. */
  closed: z.boolean(),
  /** ISO 8601; the same for all deliveries of one change. */
  updatedAt: text(40),
  /** What an update changed; null for other actions. */
  changes: z
    .object({
      /** Names of the fields that changed. */
      fields: z.array(text(60)).max(20),
      /** Before the update, where it changed. */
      previousTitle: text(300).nullable(),
      previousLabelIds: z.array(text(64)).max(20).nullable(),
    })
    .nullable(),
});
export type LinearIssueChange = z.infer<typeof linearIssueSchema>;

/** A verified delivery in the system's own words: what rules decide on, and what the bus carries. */
export const busEventSchema = z.object({
  source: eventSourceSchema,
  /** The service's own words: `pull_request.opened`, `push`, `Issue.update`. */
  type: text(120),
  deliveryId: text(100),
  /** ISO 8601 UTC. */
  receivedAt: text(40),
  /** Null where the event belongs to no repository. */
  repository: z.object({ name: text(200), defaultBranch: text(250).nullable() }).nullable(),
  /** Who caused it; `type` in the service's words: `User`, `Bot`, `user`, `integration`. */
  sender: z.object({ login: text(100), type: text(40) }).nullable(),
  /** What the author of the comment or pull request is to the repository, as the payload says: a hint only. */
  authorAssociation: text(40).nullable(),
  /** Ids and numbers by what they belong to: `{ pull_request: '7', comment: '42' }`. */
  subject: z.record(text(40), text(64)),
  /** Where a person finds it. */
  url: text(400).nullable(),
  push: pushSchema.nullable(),
  linearIssue: linearIssueSchema.nullable(),
});
export type BusEvent = z.infer<typeof busEventSchema>;
