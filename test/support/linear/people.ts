import { randomUUID } from 'node:crypto';
import { changeIssue, type IssueFields } from './issue-changes.ts';
import { commentPayload, issuePayload } from './webhook-payloads.ts';
import type { Issue, WebhookPayload } from './entities.ts';
import {
  actors,
  addIssue,
  findIssue,
  isoTime,
  teamOf,
  type ActorName,
  type LinearWorld,
  type NewIssue,
} from './world.ts';

interface Doer {
  /** Default: `ada`, who owns the API key. */
  by?: ActorName;
}

/** What people and others do in Linear. Each tells what webhooks get of it. */
export interface PeoplesActs {
  createIssue(
    issue: Pick<NewIssue, 'title' | 'description' | 'parentId'> & { labels?: string[] },
    doer?: Doer,
  ): WebhookPayload;
  /** @param label its name */
  label(identifier: string, label: string, doer?: Doer): WebhookPayload;
  unlabel(identifier: string, label: string, doer?: Doer): WebhookPayload;
  assign(identifier: string, assignee: ActorName | null, doer?: Doer): WebhookPayload;
  /** Hands it to an app, which works for the assignee. */
  delegate(identifier: string, delegate: ActorName | null, doer?: Doer): WebhookPayload;
  rename(identifier: string, title: string, doer?: Doer): WebhookPayload;
  /** @param state its name */
  move(identifier: string, state: string, doer?: Doer): WebhookPayload;
  comment(identifier: string, body: string, doer?: Doer): WebhookPayload;
  /** @param id of the comment */
  deleteComment(id: string, doer?: Doer): WebhookPayload;
  archive(identifier: string, doer?: Doer): WebhookPayload;
  trash(identifier: string, doer?: Doer): WebhookPayload;
  /** The delivery does not arrive: every webhook of its type remembers that. */
  lose(payload: WebhookPayload, failure?: { httpStatus: number | null; reason: string }): void;
}

export function peoplesActs(world: LinearWorld): PeoplesActs {
  const change = (identifier: string, fields: IssueFields, { by = 'ada' }: Doer = {}) => {
    const issue = demandIssue(world, identifier);
    const payload = changeIssue(world, issue, { fields, by: actors[by] });
    if (payload === undefined) throw new Error(`${identifier} is like that already`);
    return payload;
  };
  const labelIdsOf = (identifier: string) => demandIssue(world, identifier).labelIds;
  return {
    createIssue: (issue, doer) => createIssue(world, issue, doer),
    label: (identifier, label, doer) => {
      const labelIds = [...labelIdsOf(identifier), labelId(world, label)];
      return change(identifier, { labelIds }, doer);
    },
    unlabel: (identifier, label, doer) => {
      const removed = labelId(world, label);
      const labelIds = labelIdsOf(identifier).filter((id) => id !== removed);
      return change(identifier, { labelIds }, doer);
    },
    assign: (identifier, assignee, doer) => {
      const assigneeId = assignee === null ? null : actors[assignee].id;
      return change(identifier, { assigneeId }, doer);
    },
    delegate: (identifier, delegate, doer) => {
      const delegateId = delegate === null ? null : actors[delegate].id;
      return change(identifier, { delegateId }, doer);
    },
    rename: (identifier, title, doer) => change(identifier, { title }, doer),
    move: (identifier, state, doer) => {
      const { states } = teamOf(world, demandIssue(world, identifier));
      const stateId = states.find(({ name }) => name === state)?.id ?? 'none';
      return change(identifier, { stateId }, doer);
    },
    archive: (identifier, doer) => change(identifier, { archivedAt: isoTime(world) }, doer),
    trash: (identifier, doer) => change(identifier, { trashed: true }, doer),
    ...commentActs(world),
    lose: (payload, failure) => lose(world, payload, failure),
  };
}

function createIssue(
  world: LinearWorld,
  { labels = [], ...wanted }: Parameters<PeoplesActs['createIssue']>[0],
  { by = 'ada' }: Doer = {},
): WebhookPayload {
  const labelIds = labels.map((name) => labelId(world, name));
  const issue = addIssue(world, { ...wanted, labelIds, creator: actors[by] });
  const payload = issuePayload(world, issue, { by: actors[by] });
  world.payloads.push(payload);
  return payload;
}

function commentActs(world: LinearWorld): Pick<PeoplesActs, 'comment' | 'deleteComment'> {
  return {
    comment(identifier, body, { by = 'ada' } = {}) {
      const time = isoTime(world);
      const comment = {
        id: randomUUID(),
        issueId: demandIssue(world, identifier).id,
        body,
        author: actors[by],
        createdAt: time,
        updatedAt: time,
      };
      world.comments.push(comment);
      return commentPayload(world, comment, { by: actors[by], action: 'create' });
    },
    deleteComment(id, { by = 'ada' } = {}) {
      const comment = world.comments.find((known) => known.id === id);
      if (comment === undefined) throw new Error(`There is no comment ${id}`);
      world.comments = world.comments.filter((known) => known !== comment);
      return commentPayload(world, comment, { by: actors[by], action: 'remove' });
    },
  };
}

function lose(
  world: LinearWorld,
  payload: WebhookPayload,
  { httpStatus, reason }: { httpStatus: number | null; reason: string } = {
    httpStatus: null,
    reason: 'connect ECONNREFUSED',
  },
): void {
  for (const webhook of world.webhooks) {
    if (!webhook.resourceTypes.includes(String(payload['type']))) continue;
    webhook.failures.unshift({
      id: randomUUID(),
      executionId: randomUUID(),
      createdAt: isoTime(world),
      httpStatus,
      responseOrError: reason,
      url: webhook.url,
    });
  }
}

export function demandIssue(world: LinearWorld, identifier: string): Issue {
  const issue = findIssue(world, identifier);
  if (issue === undefined) throw new Error(`There is no issue ${identifier}`);
  return issue;
}

function labelId(world: LinearWorld, name: string): string {
  const label = world.labels.find((known) => known.name === name);
  if (label === undefined) throw new Error(`There is no label ${name}`);
  return label.id;
}
