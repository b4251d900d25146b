import { randomUUID } from 'node:crypto';
import { demandScope, type Caller } from './access.ts';
import { forbidden, invalidArgument, notFound } from './errors.ts';
import { changeIssue, checkFields, type IssueFields } from './issue-changes.ts';
import { attachmentView, commentView, issueView } from './issue-views.ts';
import { newIdOf } from './new-id.ts';
import { success } from './views.ts';
import { commentPayload, issuePayload } from './webhook-payloads.ts';
import type { Issue } from './entities.ts';
import { addIssue, findIssue, isoTime, type LinearWorld } from './world.ts';

function demandIssue(world: LinearWorld, id: string | null | undefined): Issue {
  const issue = findIssue(world, id ?? '');
  if (issue === undefined) throw notFound('Issue');
  return issue;
}

interface CommentInput {
  id?: string | null;
  issueId?: string | null;
  body?: string | null;
}

export function commentMutations(world: LinearWorld) {
  return {
    commentCreate: ({ input }: { input: CommentInput }, caller: Caller) => {
      demandScope(caller, 'write');
      const issue = demandIssue(world, input.issueId);
      const body = demandText('body', input.body);
      const taken = world.comments.map(({ id }) => id);
      const id = newIdOf(world, { entity: 'Comment', wanted: input.id, taken });
      const time = isoTime(world);
      const times = { createdAt: time, updatedAt: time };
      const comment = { id, issueId: issue.id, body, author: caller.actor, ...times };
      world.comments.push(comment);
      world.payloads.push(commentPayload(world, comment, { by: caller.actor, action: 'create' }));
      return { ...success, comment: commentView(world, comment) };
    },
    commentUpdate: ({ id, input }: { id: string; input: CommentInput }, caller: Caller) => {
      demandScope(caller, 'write');
      const comment = world.comments.find((known) => known.id === id);
      if (comment === undefined) throw notFound('Comment');
      if (comment.author.id !== caller.actor.id) throw forbidden('Only authors edit comments');
      comment.body = demandText('body', input.body);
      comment.updatedAt = isoTime(world);
      world.payloads.push(commentPayload(world, comment, { by: caller.actor, action: 'update' }));
      return { ...success, comment: commentView(world, comment) };
    },
  };
}

function demandText(name: string, text: string | null | undefined): string {
  if (typeof text !== 'string' || text.trim() === '') {
    throw invalidArgument(`${name} must not be empty`);
  }
  return text;
}

interface AttachmentInput {
  id?: string | null;
  issueId: string;
  url: string;
  title: string;
  subtitle?: string | null;
}

export function attachmentMutations(world: LinearWorld) {
  return {
    /** One address is attached to an issue once: the second time changes what is there. */
    attachmentCreate: ({ input }: { input: AttachmentInput }, caller: Caller) => {
      demandScope(caller, 'write');
      const issue = demandIssue(world, input.issueId);
      const title = demandText('title', input.title);
      if (!URL.canParse(input.url)) throw invalidArgument('url must be an address');
      const known = world.attachments.find(
        ({ issueId, url }) => issueId === issue.id && url === input.url,
      );
      const subtitle = input.subtitle ?? null;
      const time = isoTime(world);
      if (known !== undefined) {
        Object.assign(known, { title, subtitle, updatedAt: time });
        return { ...success, attachment: attachmentView(world, known) };
      }
      const attachment = {
        id: input.id ?? randomUUID(),
        issueId: issue.id,
        url: input.url,
        title,
        subtitle,
        createdAt: time,
        updatedAt: time,
      };
      world.attachments.push(attachment);
      return { ...success, attachment: attachmentView(world, attachment) };
    },
  };
}

interface IssueInput {
  title?: string | null;
  description?: string | null;
  stateId?: string | null;
  labelIds?: string[] | null;
  assigneeId?: string | null;
  delegateId?: string | null;
}

interface IssueUpdateInput extends IssueInput {
  addedLabelIds?: string[] | null;
  removedLabelIds?: string[] | null;
}

interface IssueCreateInput extends IssueInput {
  id?: string | null;
  teamId: string;
  parentId?: string | null;
}

export function issueMutations(world: LinearWorld) {
  return {
    issueUpdate: ({ id, input }: { id: string; input: IssueUpdateInput }, caller: Caller) => {
      demandScope(caller, 'write');
      const issue = demandIssue(world, id);
      const fields = { ...fieldsOf(input), labelIds: labelIdsAfter(issue, input) };
      changeIssue(world, issue, { fields, by: caller.actor });
      return { ...success, issue: issueView(world, issue) };
    },
    issueCreate: ({ input }: { input: IssueCreateInput }, caller: Caller) => {
      demandScope(caller, 'write');
      if (!world.teams.some(({ id }) => id === input.teamId)) throw notFound('Team');
      const title = demandText('title', input.title);
      const taken = world.issues.map((issue) => issue.id);
      const id = newIdOf(world, { entity: 'Issue', wanted: input.id, taken });
      const parent = isGiven(input.parentId) ? demandIssue(world, input.parentId) : undefined;
      const wanted = { ...fieldsOf(input), id, title, teamId: input.teamId };
      const made = { ...wanted, parentId: parent?.id ?? null, creator: caller.actor };
      checkFields(world, made);
      const issue = addIssue(world, made);
      world.payloads.push(issuePayload(world, issue, { by: caller.actor }));
      return { ...success, issue: issueView(world, issue) };
    },
  };
}

/** Null leaves a field as it is, but takes description, assignee and delegate away. */
function fieldsOf(input: IssueInput): IssueFields {
  return {
    ...(isGiven(input.title) && { title: input.title }),
    ...(isGiven(input.stateId) && { stateId: input.stateId }),
    ...(isGiven(input.labelIds) && { labelIds: input.labelIds }),
    ...(input.description !== undefined && { description: input.description }),
    ...(input.assigneeId !== undefined && { assigneeId: input.assigneeId }),
    ...(input.delegateId !== undefined && { delegateId: input.delegateId }),
  };
}

function labelIdsAfter(issue: Issue, input: IssueUpdateInput): string[] {
  const removed = new Set(input.removedLabelIds ?? []);
  const all = [...(input.labelIds ?? issue.labelIds), ...(input.addedLabelIds ?? [])];
  return [...new Set(all)].filter((id) => !removed.has(id));
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}
