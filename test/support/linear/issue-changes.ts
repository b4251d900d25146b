import { invalidArgument, notFound } from './errors.ts';
import { writeHistory } from './issue-history.ts';
import { issuePayload } from './webhook-payloads.ts';
import type { Actor, Issue, WebhookPayload } from './entities.ts';
import { isoTime, stateOf, teamOf, type LinearWorld } from './world.ts';

/** What of an issue can be changed; absent: stays as it is. */
export interface IssueFields {
  title?: string;
  description?: string | null;
  stateId?: string;
  labelIds?: string[];
  assigneeId?: string | null;
  delegateId?: string | null;
  archivedAt?: string | null;
  /** In the trash it is archived, too. */
  trashed?: boolean;
}

/**
 * Changes an issue as Linear does: writes history, moves the times of states, tells webhooks.
 * @returns what webhooks get; undefined when nothing changed
 */
export function changeIssue(
  world: LinearWorld,
  issue: Issue,
  { fields, by }: { fields: IssueFields; by: Actor },
): WebhookPayload | undefined {
  checkFields(world, { ...fields, teamId: issue.teamId });
  const before = structuredClone(issue);
  Object.assign(issue, fields);
  if (isSame(before, issue)) return undefined;
  issue.updatedAt = timeAfter(world, before.updatedAt);
  if (issue.stateId !== before.stateId) enterState(world, issue);
  if (issue.trashed && !before.trashed) issue.archivedAt = issue.updatedAt;
  writeHistory(world, { before, after: issue, by });
  const payload = issuePayload(world, issue, { by, before });
  world.payloads.push(payload);
  return payload;
}

/** References to what is not there, or is another team's, are refused. */
export function checkFields(world: LinearWorld, fields: IssueFields & { teamId: string }): void {
  const team = teamOf(world, fields);
  if (fields.title?.trim() === '') throw invalidArgument('title must not be empty');
  if (fields.stateId !== undefined && !team.states.some(({ id }) => id === fields.stateId)) {
    throw notFound('WorkflowState');
  }
  for (const labelId of fields.labelIds ?? []) {
    const label = world.labels.find(({ id }) => id === labelId);
    if (label === undefined) throw notFound('IssueLabel');
    if (label.teamId !== null && label.teamId !== team.id) {
      throw invalidArgument(`Label ${label.name} belongs to another team`);
    }
  }
  for (const userId of [fields.assigneeId ?? null, fields.delegateId ?? null]) {
    const isKnown = userId === null || world.actors.some(({ id }) => id === userId);
    if (!isKnown) throw notFound('User');
  }
}

function isSame(before: Issue, after: Issue): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

/** Two changes of an issue have two times, however fast they come. */
function timeAfter(world: LinearWorld, previous: string): string {
  const next = Math.max(world.now(), Date.parse(previous) + 1);
  return new Date(next).toISOString();
}

function enterState(world: LinearWorld, issue: Issue): void {
  const { type } = stateOf(world, issue);
  const now = isoTime(world);
  const isDone = type === 'completed';
  const isCanceled = type === 'canceled';
  if (type === 'started' || isDone) issue.startedAt ??= now;
  else if (!isCanceled) issue.startedAt = null;
  issue.completedAt = isDone ? now : null;
  issue.canceledAt = isCanceled ? now : null;
}
