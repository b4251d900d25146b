import { z } from 'zod';
import type { UpstreamError } from '../../domain/errors.ts';
import type { IssueChange, TrackerCall } from '../../ports/issue-tracker.ts';
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
const doing: Record<Mutation['field'], string> = {
  commentCreate: 'writing a comment',
  commentUpdate: 'changing a comment',
  attachmentCreate: 'attaching a link',
  issueUpdate: 'moving or labelling the issue',
};

/** The mutations that make the changes: what belongs to one issue is one update, at the first one's place. */
export function mutationsFor(changes: readonly IssueChange[]): Mutation[] {
  const mutations: Mutation[] = [];
  const updateOf = (issueId: string): Mutation => {
    const isIt = ({ field, id }: Mutation) => field === 'issueUpdate' && id === issueId;
    const known = mutations.find(isIt);
    if (known !== undefined) return known;
    const update: Mutation = { field: 'issueUpdate', id: issueId, input: {} };
    mutations.push(update);
    return update;
  };
  for (const change of changes) {
    if (change.kind === 'move') {
      updateOf(change.issueId).input['stateId'] = change.stateId;
    } else if (change.kind === 'add-label') {
      const { input } = updateOf(change.issueId);
      const added = z.array(z.string()).catch([]).parse(input['addedLabelIds']);
      input['addedLabelIds'] = [...added, change.labelId];
    } else {
      mutations.push(mutationFor(change));
    }
  }
  return mutations;
}

type OtherChange = Exclude<IssueChange, { kind: 'move' | 'add-label' }>;

function mutationFor(change: OtherChange): Mutation {
  if (change.kind === 'update-comment') {
    return { field: 'commentUpdate', id: change.id, input: { body: change.body } };
  }
  // To Linear, an attachment is the same where issue and address are.
  const { kind, ...input } = change;
  return { field: kind === 'attach' ? 'attachmentCreate' : 'commentCreate', id: null, input };
}

/** One document with a field for each mutation, which Linear works off in order. */
export function changeQuestion(mutations: readonly Mutation[]): Question<unknown> {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fields = mutations.map(({ field, id, input }, index) => {
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
    result: z.object(Object.fromEntries(mutations.map((_, index) => [aliasOf(index), made]))),
  };
}

function aliasOf(index: number): string {
  return `change${index}`;
}

/**
 * Makes all changes in one request. Where Linear refuses one, it leaves out those behind it as well: they
 * are sent again without it.
 * @throws UpstreamError that says which were refused, when all others are made
 */
export async function changeIssues(
  requests: LinearRequests,
  changes: readonly IssueChange[],
  call: TrackerCall,
): Promise<void> {
  const refusals: { mutation: Mutation; error: UpstreamError }[] = [];
  let rest = mutationsFor(changes);
  while (rest.length > 0) {
    const reply = await requests.ask(changeQuestion(rest), call);
    if (reply.kind === 'answered') break;
    const at = rest.findIndex((_, index) => aliasOf(index) === reply.field);
    const mutation = rest[at];
    if (mutation === undefined) throw reply.error;
    if (!(await isMade(requests, mutation, call))) refusals.push({ mutation, error: reply.error });
    rest = rest.slice(at + 1);
  }
  const [first] = refusals;
  if (first === undefined) return;
  const what = [...new Set(refusals.map(({ mutation }) => doing[mutation.field]))].join(', ');
  throw final(`${first.error.message} This was about: ${what}.`, first.error.status);
}

export const commentDocument = `query Comment($id: ID!) {
  comments(first: 1, filter: { id: { eq: $id } }) { nodes { id } }
}`;

/** A comment cannot be made twice under one id, and in which words Linear says so is nowhere told. */
async function isMade(
  requests: LinearRequests,
  { field, input }: Mutation,
  call: TrackerCall,
): Promise<boolean> {
  if (field !== 'commentCreate') return false;
  const result = z.object({ comments: listOf(z.object({ id: z.string() })) });
  const question = { document: commentDocument, variables: { id: input['id'] }, result };
  const { comments } = answered(await requests.ask(question, call));
  return comments.nodes.some(({ id }) => id === input['id']);
}
