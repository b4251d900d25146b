import { z } from 'zod';
import { eventLimits as limits } from './event-limits.ts';

/** Who sends webhooks. */
export const eventSourceSchema = z.enum(['github', 'linear']);
export type EventSource = z.infer<typeof eventSourceSchema>;

const text = (length: number) => z.string().max(length);

/** A push to a branch or tag of a GitHub repository. */
const pushSchema = z.object({
  /** `refs/heads/main` */
  ref: text(limits.ref),
  /** Commit after the push, 40 hex digits; zeros when the ref was deleted. */
  after: text(limits.id),
  /** Commit before it; zeros when the ref is new, null when nobody knows. */
  before: text(limits.id).nullable().default(null),
  /** Counts pushes to a branch from `before` to `after`: 2 when it came back and went there again. */
  round: z.int().min(1).default(1),
  deleted: z.boolean(),
  /** Paths added, changed or removed by its commits; null when the payload does not tell them all. */
  changedPaths: z.array(z.string()).nullable(),
});
export type PushedCommits = z.infer<typeof pushSchema>;

/** A Linear issue as it was when the event happened. */
const linearIssueSchema = z.object({
  id: text(limits.id),
  /** `ZAM-1084` */
  identifier: text(limits.identifier),
  /** From before it moved to another team. */
  previousIdentifiers: z.array(text(limits.identifier)).max(limits.previousIdentifiers),
  title: text(limits.title),
  labels: z
    .array(z.object({ id: text(limits.id), name: text(limits.labelName) }))
    .max(limits.labels),
  assigned: z.boolean(),
  /** Completed, cancelled, archived or in the trash. */
  closed: z.boolean(),
  /** ISO 8601; the same for all deliveries of one change. */
  updatedAt: text(limits.time),
  /** What an update changed; null for other actions. */
  changes: z
    .object({
      /** Names of the fields that changed. */
      fields: z.array(text(limits.fieldName)).max(limits.changedFields),
      /** Before the update; null where it did not change. */
      previousTitle: text(limits.title).nullable(),
      /** Of the labels that the issue still has, those that it had before; null where none changed. */
      previousLabelIds: z.array(text(limits.id)).max(limits.labels).nullable(),
    })
    .nullable(),
});
export type LinearIssueChange = z.infer<typeof linearIssueSchema>;

/** A conversation in Linear in which somebody has called our app, and what was said there just now. */
const agentSessionSchema = z.object({
  id: text(limits.id),
  issue: z
    .object({
      id: text(limits.id),
      identifier: text(limits.identifier),
      title: text(limits.title),
    })
    .nullable(),
  /** Beginning of the comment in which the app was called; null where it was called without. */
  comment: text(limits.prompt).nullable(),
  /** What has been added to the conversation; null when it was begun. */
  activity: z
    .object({
      id: text(limits.id),
      /** In Linear's words; what people write is a `prompt`. */
      type: text(limits.type),
      /** Its beginning. */
      body: text(limits.prompt),
      /** `stop`: the work is to end. Null where there is none. */
      signal: text(limits.signal).nullable(),
      /** Written by the app itself. */
      isOwn: z.boolean(),
    })
    .nullable(),
});
export type AgentSessionChange = z.infer<typeof agentSessionSchema>;

/** A verified delivery in the system's own words: what rules decide on, and what the bus carries. */
export const busEventSchema = z.object({
  source: eventSourceSchema,
  /** The service's own words: `pull_request.opened`, `push`, `Issue.update`. */
  type: text(limits.type),
  deliveryId: text(limits.deliveryId),
  /** ISO 8601 UTC. */
  receivedAt: text(limits.time),
  /** Null where the event belongs to no repository. */
  repository: z
    .object({
      name: text(limits.repositoryName),
      defaultBranch: text(limits.branch).nullable(),
    })
    .nullable(),
  /** Who caused it; `type` in the service's words: `User`, `Bot`, `user`, `integration`. */
  sender: z.object({ login: text(limits.login), type: text(limits.senderType) }).nullable(),
  /** What the author of the comment or pull request is to the repository, as the payload says: a hint only. */
  authorAssociation: text(limits.authorAssociation).nullable(),
  /** Ids and numbers by what they belong to: `{ pull_request: '7', comment: '42' }`. */
  subject: z.record(text(limits.subjectName), text(limits.id)),
  /** Where a person finds it. */
  url: text(limits.url).nullable(),
  push: pushSchema.nullable(),
  linearIssue: linearIssueSchema.nullable(),
  /** Deliveries that an earlier version has kept do not hold it. */
  agentSession: agentSessionSchema.nullable().default(null),
});
export type BusEvent = z.infer<typeof busEventSchema>;
