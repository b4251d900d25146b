import { isClosingState } from '../../domain/closing-states.ts';
import type { JsonObject } from '../../domain/json-fields.ts';
import type { PolledRequest } from '../../ports/issue-tracker.ts';
import { linearIssueChange } from './issue-change.ts';
import { loginOf } from './login.ts';
import type { PolledEntry, PolledIssue, PolledUser } from './polled-issue.ts';

/** What of an issue changes and counts for rules. */
interface Moment {
  title: string;
  labelIds: ReadonlySet<string>;
  assigneeId: string | null;
  delegateId: string | null;
  closed: boolean;
}

/**
 * What people did to an issue since then, oldest first, each with the issue as it was right afterwards.
 * Linear tells how it is now and what changed: how it was remains when the later changes are undone.
 * @param history all entries since then, in any order
 * @param since milliseconds since the epoch
 */
export function requestsIn(
  issue: PolledIssue,
  history: readonly PolledEntry[],
  since: number,
): PolledRequest[] {
  const requests: (PolledRequest | undefined)[] = [];
  let after = currentMoment(issue);
  for (const entry of newestFirst(history)) {
    const before = undo(entry, after);
    // Linear may add to its last entry instead of making another one: `updatedAt` says so.
    if (Date.parse(entry.updatedAt) > since && isPerson(entry.actor) && entry.botActor === null) {
      requests.push(updateRequest(issue, entry, { actor: entry.actor, before, after }));
    }
    after = before;
  }
  const { botActor, createdAt, creator, externalUserCreator } = issue;
  const isByPerson = isPerson(creator) && botActor === null && externalUserCreator === null;
  if (isByPerson && Date.parse(createdAt) > since) {
    const payload = { action: 'create', data: issueData(issue, after, createdAt) };
    requests.push(requestOf(payload, { actor: creator, url: issue.url, until: createdAt }));
  }
  return requests.filter((request) => request !== undefined).toReversed();
}

function newestFirst(entries: readonly PolledEntry[]): PolledEntry[] {
  return entries.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
}

/** An app is a user to Linear, too. */
function isPerson(user: PolledUser | null): user is PolledUser {
  return user !== null && !user.app;
}

function currentMoment({ assignee, closed, delegate, labels, title }: PolledIssue): Moment {
  return {
    title,
    labelIds: new Set(labels.map(({ id }) => id)),
    assigneeId: assignee?.id ?? null,
    delegateId: delegate?.id ?? null,
    closed,
  };
}

function undo(entry: PolledEntry, after: Moment): Moment {
  const labelIds = new Set(after.labelIds);
  for (const id of entry.addedLabelIds ?? []) labelIds.delete(id);
  for (const id of entry.removedLabelIds ?? []) labelIds.add(id);
  return {
    title: entry.fromTitle ?? after.title,
    labelIds,
    assigneeId: hasNewAssignee(entry) ? entry.fromAssigneeId : after.assigneeId,
    delegateId: hasNewDelegate(entry) ? (entry.fromDelegate?.id ?? null) : after.delegateId,
    closed: wasClosed(entry) ?? after.closed,
  };
}

/** Undefined where it did not change. */
function wasClosed({ archived, fromState, toState, trashed }: PolledEntry): boolean | undefined {
  if (archived !== null) return !archived;
  if (trashed !== null) return !trashed;
  if (fromState === null || toState === null) return undefined;
  return isClosingState(fromState.type);
}

function hasNewAssignee({ fromAssigneeId, toAssigneeId }: PolledEntry): boolean {
  return fromAssigneeId !== toAssigneeId;
}

function hasNewDelegate({ fromDelegate, toDelegate }: PolledEntry): boolean {
  return fromDelegate?.id !== toDelegate?.id;
}

function hasNewLabels({ addedLabelIds, removedLabelIds }: PolledEntry): boolean {
  return (addedLabelIds ?? []).length > 0 || (removedLabelIds ?? []).length > 0;
}

function updateRequest(
  issue: PolledIssue,
  entry: PolledEntry,
  { actor, after, before }: { actor: PolledUser; before: Moment; after: Moment },
): PolledRequest | undefined {
  const payload = {
    action: 'update',
    // The time at which the entry was made stays the same, whatever is added to it.
    data: issueData(issue, after, entry.createdAt),
    updatedFrom: updatedFrom(entry, before, after),
  };
  return requestOf(payload, { actor, url: issue.url, until: entry.updatedAt });
}

/** The fields that changed, with their values from before, as a webhook's payload has them. */
function updatedFrom(entry: PolledEntry, before: Moment, after: Moment): JsonObject {
  return {
    ...(entry.fromTitle !== null && { title: before.title }),
    ...(hasNewLabels(entry) && { labelIds: [...before.labelIds] }),
    ...(hasNewAssignee(entry) && { assigneeId: before.assigneeId }),
    ...(hasNewDelegate(entry) && { delegateId: before.delegateId }),
    ...(entry.toState !== null && { stateId: null }),
    ...(before.closed !== after.closed && { [endingField(entry)]: null }),
  };
}

function endingField({ archived, fromState, toState, trashed }: PolledEntry): string {
  if (archived !== null) return 'archivedAt';
  if (trashed !== null) return 'trashed';
  const types = [fromState?.type, toState?.type];
  return types.includes('completed') ? 'completedAt' : 'canceledAt';
}

function issueData(issue: PolledIssue, moment: Moment, updatedAt: string): JsonObject {
  const { id, identifier, labels, previousIdentifiers } = issue;
  const { assigneeId, closed, delegateId, labelIds, title } = moment;
  return {
    id,
    identifier,
    previousIdentifiers,
    title,
    labels: labels.filter((label) => labelIds.has(label.id)),
    assigneeId,
    delegateId,
    updatedAt,
    ...(closed && { completedAt: updatedAt }),
  };
}

/** Through the reading of webhooks: the same limits hold, and the same rules can be applied. */
function requestOf(
  payload: { action: string; data: JsonObject; updatedFrom?: JsonObject },
  { actor, until, url }: { actor: PolledUser; url: string; until: string },
): PolledRequest | undefined {
  const issue = linearIssueChange(payload);
  if (issue === null) return undefined;
  return {
    type: payload.action === 'create' ? 'Issue.create' : 'Issue.update',
    sender: { login: loginOf(actor) ?? actor.id, type: 'user' },
    url,
    issue,
    until: new Date(until).toISOString(),
  };
}
