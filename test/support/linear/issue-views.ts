import {
  connectionOf,
  type Connection,
  type ConnectionArguments,
  type EntityView,
} from './connections.ts';
import { botOf, labels, teamView, userOf } from './views.ts';
import type { Attachment, Comment, HistoryEntry, Issue } from './entities.ts';
import { identifierOf, stateOf, teamOf, urlOf, type LinearWorld } from './world.ts';

/** An issue as queries see it. */
export function issueView(world: LinearWorld, issue: Issue): EntityView {
  return {
    ...plainFields(issue),
    identifier: identifierOf(world, issue),
    url: urlOf(world, issue),
    priority: 0,
    priorityLabel: 'No priority',
    team: () => teamView(world, teamOf(world, issue)),
    state: () => stateOf(world, issue),
    assignee: () => userById(world, issue.assigneeId),
    delegate: () => userById(world, issue.delegateId),
    creator: () => userOf(world, issue.creator),
    botActor: () => botOf(issue.creator),
    externalUserCreator: () =>
      issue.creator.kind === 'external'
        ? { id: issue.creator.id, name: issue.creator.name, displayName: issue.creator.name }
        : null,
    ...relatedFields(world, issue),
  };
}

function plainFields(issue: Issue) {
  return {
    id: issue.id,
    number: issue.number,
    title: issue.title,
    description: issue.description,
    labelIds: issue.labelIds,
    previousIdentifiers: issue.previousIdentifiers,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    startedAt: issue.startedAt,
    completedAt: issue.completedAt,
    canceledAt: issue.canceledAt,
    archivedAt: issue.archivedAt,
    trashed: issue.trashed ? true : null,
  };
}

function relatedFields(world: LinearWorld, issue: Issue) {
  const isOfIssue = ({ issueId }: { issueId: string }) => issueId === issue.id;
  return {
    parent: () => issueById(world, issue.parentId),
    children: (wanted: ConnectionArguments) =>
      issues(
        world,
        world.issues.filter(({ parentId }) => parentId === issue.id),
        wanted,
      ),
    labels: (wanted: ConnectionArguments) =>
      labels(
        world,
        world.labels.filter(({ id }) => issue.labelIds.includes(id)),
        wanted,
      ),
    comments: (wanted: ConnectionArguments) =>
      connectionOf(
        world.comments.filter(isOfIssue).map((comment) => commentView(world, comment)),
        wanted,
      ),
    attachments: (wanted: ConnectionArguments) =>
      connectionOf(
        world.attachments.filter(isOfIssue).map((attachment) => attachmentView(world, attachment)),
        wanted,
      ),
    history: (wanted: ConnectionArguments) =>
      connectionOf(
        issue.history.map((entry) => historyView(world, entry)),
        wanted,
      ),
  };
}

/** A list of issues leaves out archived ones, unless asked for them. */
export function issues(
  world: LinearWorld,
  among: readonly Issue[],
  wanted: ConnectionArguments & { includeArchived?: boolean | null },
): Connection<EntityView> {
  const shown = among.filter(
    ({ archivedAt }) => archivedAt === null || wanted.includeArchived === true,
  );
  return connectionOf(
    shown.map((issue) => issueView(world, issue)),
    wanted,
  );
}

export function commentView(world: LinearWorld, comment: Comment) {
  return {
    id: comment.id,
    body: comment.body,
    issueId: comment.issueId,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    url: `https://linear.app/${world.organization.urlKey}/comment/${comment.id}`,
    user: () => userOf(world, comment.author),
    botActor: () => botOf(comment.author),
    issue: () => issueById(world, comment.issueId),
  };
}

export function attachmentView(world: LinearWorld, attachment: Attachment) {
  return {
    ...attachment,
    metadata: {},
    issue: () => issueById(world, attachment.issueId),
  };
}

function historyView(world: LinearWorld, { actor, ...entry }: HistoryEntry) {
  const user = userOf(world, actor);
  const labelsOf = (ids: string[] | undefined) =>
    ids === undefined ? null : world.labels.filter(({ id }) => ids.includes(id));
  return {
    ...entry,
    actorId: user?.id ?? null,
    actor: () => user,
    actors: () => (user === null ? null : [user]),
    botActor: () => botOf(actor),
    addedLabels: () => labelsOf(entry.addedLabelIds),
    removedLabels: () => labelsOf(entry.removedLabelIds),
    fromState: () => stateById(world, entry.fromStateId),
    toState: () => stateById(world, entry.toStateId),
    fromAssignee: () => userById(world, entry.fromAssigneeId ?? null),
    toAssignee: () => userById(world, entry.toAssigneeId ?? null),
    fromDelegate: () => userById(world, entry.fromDelegateId ?? null),
    toDelegate: () => userById(world, entry.toDelegateId ?? null),
  };
}

function stateById(world: LinearWorld, wanted: string | undefined) {
  const states = world.teams.flatMap((team) => team.states);
  return states.find(({ id }) => id === wanted) ?? null;
}

function userById(world: LinearWorld, wanted: string | null) {
  const actor = world.actors.find(({ id }) => id === wanted);
  return actor === undefined ? null : userOf(world, actor);
}

function issueById(world: LinearWorld, wanted: string | null) {
  const issue = world.issues.find(({ id }) => id === wanted);
  return issue === undefined ? null : issueView(world, issue);
}
