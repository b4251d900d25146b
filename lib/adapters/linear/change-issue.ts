import { z } from 'zod';
import type { UpstreamError } from '../../domain/errors.ts';
import type { IssueChange, RefusedChange, TrackerCall } from '../../ports/issue-tracker.ts';
import { final } from './failures.ts';
import { listOf } from './issue-shapes.ts';
import { answered, type LinearRequests, type Question } from './requests.ts';

/** One field of the document: a mutation with its variables. */
interface Mutation {
  field: 'commentCreate' | 'commentUpdate' | 'attachmentCreate' | 'issueUpdate';
  /** Null where what is made has an id in its input, or needs none. */
  id: string | null;
  input: Record<string, unknown>;
}

const inputTypes: Record<Mutation['field'], string> = {
  commentCreate: 'CommentCreateInput',
  commentUpdate: 'CommentUpdateInput',
  attachmentCreate: 'AttachmentCreateInput',
  issueUpdate: 'IssueUpdateInput',
};

/** In words, for the error about one that was refused. */
const doing: Record<IssueChange['kind'], string> = {
  'create-comment': 'writing a comment',
  'update-comment': 'changing a comment',
  attach: 'attaching a link',
  move: 'moving the issue',
  'add-label': 'labelling the issue',
};

function mutationFor(change: IssueChange): Mutation {
  switch (change.kind) {
    case 'create-comment': {
      const { kind: _kind, ...input } = change;
      return { field: 'commentCreate', id: null, input };
    }
    case 'update-comment':
      return { field: 'commentUpdate', id: change.id, input: { body: change.body } };
    case 'attach': {
      // To Linear, an attachment is the same where issue and address are.
      const { kind: _kind, ...input } = change;
      return { field: 'attachmentCreate', id: null, input };
    }
    case 'move':
      return { field: 'issueUpdate', id: change.issueId, input: { stateId: change.stateId } };
    default: {
      const input = { addedLabelIds: [change.labelId] };
      return { field: 'issueUpdate', id: change.issueId, input };
    }
  }
}

/**
 * One document with a field for each change, which Linear works off in order. Also where one update of the issue
 * could make two of them: what is refused does not take along what is not.
 */
export function changeQuestion(changes: readonly IssueChange[]): Question<unknown> {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fields = changes.map((change, index) => {
    const { field, id, input } = mutationFor(change);
    declared.push(`$input${index}: ${inputTypes[field]}!`);
    variables[`input${index}`] = input;
    if (id !== null) {
      declared.push(`$id${index}: String!`);
      variables[`id${index}`] = id;
    }
    const idArgument = id === null ? '' : `id: $id${index}, `;
    return `  ${aliasOf(index)}: ${field}(${idArgument}input: $input${index}) { success }`;
  });
  const made = z.object({ success: z.literal(true) });
  return {
    document: `mutation Change(${declared.join(', ')}) {\n${fields.join('\n')}\n}`,
    variables,
    result: z.object(Object.fromEntries(changes.map((_, index) => [aliasOf(index), made]))),
  };
}

function aliasOf(index: number): string {
  return `change${index}`;
}

/**
 * Makes all changes in one request. Where Linear refuses one, it leaves out those behind it as well: they
 * are sent again without it.
 * @returns those that were refused, once all others are made
 */
export async function changeIssues(
  requests: LinearRequests,
  changes: readonly IssueChange[],
  call: TrackerCall,
): Promise<RefusedChange[]> {
  const refused: RefusedChange[] = [];
  let rest = changes;
  while (rest.length > 0) {
    const reply = await requests.ask(changeQuestion(rest), call);
    if (reply.kind === 'answered') break;
    const at = rest.findIndex((_, index) => aliasOf(index) === reply.field);
    const change = rest[at];
    if (change === undefined) throw reply.error;
    if (!(await isMade(requests, change, call))) refused.push(refusalOf(change, reply.error));
    rest = rest.slice(at + 1);
  }
  return refused;
}

function refusalOf(change: IssueChange, { message, status }: UpstreamError): RefusedChange {
  return { change, error: final(`${message} This was about: ${doing[change.kind]}.`, status) };
}

export const commentDocument = `query Comment($id: ID!) {
  comments(first: 1, filter: { id: { eq: $id } }) { nodes { id } }
}`;

/** A comment cannot be made twice under one id, and in which words Linear says so is nowhere told. */
async function isMade(
  requests: LinearRequests,
  change: IssueChange,
  call: TrackerCall,
): Promise<boolean> {
  if (change.kind !== 'create-comment') return false;
  const result = z.object({ comments: listOf(z.object({ id: z.string() })) });
  const question = { document: commentDocument, variables: { id: change.id }, result };
  const { comments } = answered(await requests.ask(question, call));
  return comments.nodes.some(({ id }) => id === change.id);
}
