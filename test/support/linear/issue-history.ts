import { randomUUID } from 'node:crypto';
import type { Actor, HistoryEntry, Issue } from './entities.ts';
import type { LinearWorld } from './world.ts';

interface Change {
  before: Issue;
  after: Issue;
  by: Actor;
}

/**
 * Writes down what changed. What one actor does within `groupHistoryMs` becomes one entry, where teams want
 * that (`Team.groupIssueHistory`).
 */
export function writeHistory(world: LinearWorld, { before, after, by }: Change): void {
  const entry = entryOf({ before, after, by });
  const last = after.history.at(-1);
  const isGrouped =
    last !== undefined &&
    last.actor.id === by.id &&
    Date.parse(entry.updatedAt) - Date.parse(last.createdAt) < world.groupHistoryMs;
  if (isGrouped) after.history.splice(-1, 1, grouped(last, entry));
  else after.history.push(entry);
}

function entryOf({ before, after, by }: Change): HistoryEntry {
  const added = after.labelIds.filter((id) => !before.labelIds.includes(id));
  const removed = before.labelIds.filter((id) => !after.labelIds.includes(id));
  return {
    id: randomUUID(),
    actor: by,
    createdAt: after.updatedAt,
    updatedAt: after.updatedAt,
    ...(added.length > 0 && { addedLabelIds: added }),
    ...(removed.length > 0 && { removedLabelIds: removed }),
    ...(before.stateId !== after.stateId && {
      fromStateId: before.stateId,
      toStateId: after.stateId,
    }),
    ...(before.title !== after.title && { fromTitle: before.title, toTitle: after.title }),
    ...peopleChanges(before, after),
    ...(before.description !== after.description && { updatedDescription: true as const }),
    ...(before.trashed !== after.trashed && { trashed: after.trashed }),
    ...((before.archivedAt === null) !== (after.archivedAt === null) && {
      archived: after.archivedAt !== null,
    }),
  };
}

function peopleChanges(before: Issue, after: Issue): Partial<HistoryEntry> {
  return {
    ...(before.assigneeId !== after.assigneeId && {
      fromAssigneeId: before.assigneeId,
      toAssigneeId: after.assigneeId,
    }),
    ...(before.delegateId !== after.delegateId && {
      fromDelegateId: before.delegateId,
      toDelegateId: after.delegateId,
    }),
  };
}

/** From where the earlier one started to where the later one ended; a label that came and went did neither. */
function grouped(earlier: HistoryEntry, later: HistoryEntry): HistoryEntry {
  const { addedLabelIds: _added, removedLabelIds: _removed, ...rest } = { ...later, ...earlier };
  const added = difference(
    [...(earlier.addedLabelIds ?? []), ...(later.addedLabelIds ?? [])],
    [...(earlier.removedLabelIds ?? []), ...(later.removedLabelIds ?? [])],
  );
  const removed = difference(
    [...(earlier.removedLabelIds ?? []), ...(later.removedLabelIds ?? [])],
    [...(earlier.addedLabelIds ?? []), ...(later.addedLabelIds ?? [])],
  );
  return {
    ...rest,
    updatedAt: later.updatedAt,
    ...(later.toStateId !== undefined && { toStateId: later.toStateId }),
    ...(later.toTitle !== undefined && { toTitle: later.toTitle }),
    ...(later.toAssigneeId !== undefined && { toAssigneeId: later.toAssigneeId }),
    ...(later.toDelegateId !== undefined && { toDelegateId: later.toDelegateId }),
    ...(added.length > 0 && { addedLabelIds: added }),
    ...(removed.length > 0 && { removedLabelIds: removed }),
  };
}

function difference(all: string[], without: string[]): string[] {
  return [...new Set(all)].filter((id) => !without.includes(id));
}
