import type { BusEvent, EventSource } from '../event.ts';
import { eventLimits } from '../event-limits.ts';
import { cleanText } from '../json-fields.ts';

/** Senders number their deliveries by UUIDs: none of theirs begins like this. */
const prefix = 'poll-';

/** @param id says what was found, the same however often it is found: a UUID */
export function polledId(id: string): string {
  return `${prefix}${id}`;
}

/** Whether we have found out by asking what no delivery has told. */
export function isPolled({ deliveryId }: Pick<BusEvent, 'deliveryId'>): boolean {
  return deliveryId.startsWith(prefix);
}

export interface MovedBranch {
  repository: string;
  branch: string;
  /** Of the repository; null where nobody has asked. */
  defaultBranch: string | null;
  /** Where it is now. */
  commit: string;
  /** Where it was last known to be. */
  before: string;
  /** Null where nobody knows. */
  changedPaths: readonly string[] | null;
}

/** The event as the webhook of the push would have told it, but for what only the webhook knows. */
export function polledPush(
  { before, branch, changedPaths, commit, defaultBranch, repository }: MovedBranch,
  { deliveryId, receivedAt }: Pick<BusEvent, 'deliveryId' | 'receivedAt'>,
): BusEvent {
  return {
    ...emptyEvent('github', 'push'),
    deliveryId,
    receivedAt,
    repository: { name: repository, defaultBranch },
    push: {
      ref: `refs/heads/${branch}`,
      after: commit,
      before,
      round: 1,
      deleted: false,
      changedPaths: changedPaths && fitting(changedPaths),
    },
  };
}

/** An event that says nothing but what it is. */
export function emptyEvent(source: EventSource, type: string) {
  return {
    source,
    type,
    repository: null,
    sender: null,
    authorAssociation: null,
    subject: {},
    url: null,
    push: null,
    linearIssue: null,
    agentSession: null,
  };
}

/** Null where an event cannot hold them: any component may be touched then. */
function fitting(paths: readonly string[]): string[] | null {
  const cleaned = paths.map(cleanText);
  const bytes = new TextEncoder().encode(JSON.stringify(cleaned)).length;
  return bytes <= eventLimits.changedPathsBytes ? cleaned : null;
}
