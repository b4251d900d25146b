import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import type { IssueChange } from '../../../lib/ports/issue-tracker.ts';
import { cutBody } from '../../support/faulty-answers.ts';
import type { LinearServer } from '../../support/linear/linear-server.ts';
import { answerCall, linearUnderTest } from './linear-under-test.ts';

/** A whole answer: comment, attachment, label and state. */
function wholeAnswer({ world }: LinearServer): IssueChange[] {
  const issueId = world.issues[0]?.id ?? '';
  const stateId = world.teams[0]?.states.find(({ name }) => name === 'In Review')?.id ?? '';
  const labelId = world.labels.find(({ name }) => name === 'analysed')?.id ?? '';
  const url = 'https://example.com/runs/1';
  return [
    { kind: 'create-comment', id: randomUUID(), issueId, body: '3 findings' },
    { kind: 'attach', issueId, url, title: 'Analysis', subtitle: '3 findings' },
    { kind: 'move', issueId, stateId },
    { kind: 'add-label', issueId, labelId },
  ];
}

function expectWhole(server: LinearServer): void {
  const { issues, comments, attachments } = server.world;
  expect(comments.map(({ body }) => body)).toEqual(['3 findings']);
  expect(attachments.map(({ title }) => title)).toEqual(['Analysis']);
  const labels = server.world.labels.filter(({ id }) => issues[0]?.labelIds.includes(id));
  expect(labels.map(({ name }) => name)).toEqual(['analysed']);
  expect(server.issue('ENG-1')).toMatchObject({ state: 'In Review' });
}

test('a whole answer is one request', async () => {
  const { server, tracker } = await linearUnderTest();
  await tracker.change(wholeAnswer(server), answerCall);
  expectWhole(server);
  const made = ['commentCreate', 'attachmentCreate', 'issueUpdate', 'issueUpdate'];
  expect(server.requests.map(({ fields }) => fields)).toEqual([made]);
});

test('nothing to change is no request', async () => {
  const { server, tracker } = await linearUnderTest();
  await tracker.change([], answerCall);
  expect(server.requests).toEqual([]);
});

test('made once more, the changes change nothing further', async () => {
  const { server, tracker } = await linearUnderTest();
  const changes = wholeAnswer(server);
  await tracker.change(changes, answerCall);
  const { updatedAt } = server.world.issues[0] ?? {};
  await tracker.change(changes, answerCall);
  expectWhole(server);
  expect(server.world.issues[0]?.updatedAt).toBe(updatedAt);
});

test('an answer whose confirmation is lost is there once', async () => {
  const { server, tracker } = await linearUnderTest();
  server.script([{ answer: cutBody(), carriedOut: true }]);
  await tracker.change(wholeAnswer(server), answerCall);
  expectWhole(server);
  // The lost one, one that finds the comment there, whether it is ours, and the rest.
  expect(server.requests).toHaveLength(4);
});

test('a comment is changed in place', async () => {
  const { server, tracker } = await linearUnderTest();
  const [create] = wholeAnswer(server);
  if (create?.kind !== 'create-comment') throw new Error('it begins with a comment');
  await tracker.change([create], answerCall);
  await tracker.change([{ kind: 'update-comment', id: create.id, body: '1 finding' }], answerCall);
  expect(server.world.comments.map(({ body }) => body)).toEqual(['1 finding']);
});

test('what Linear refuses is told, and the changes behind it are made', async () => {
  const { server, tracker } = await linearUnderTest();
  const gone: IssueChange = { kind: 'update-comment', id: randomUUID(), body: 'x' };
  const refused = await tracker.change([gone, ...wholeAnswer(server)], answerCall);
  expect(refused).toMatchObject([{ change: gone, error: { retryable: false } }]);
  const [{ error } = {}] = refused;
  expect(error).toBeInstanceOf(UpstreamError);
  expect(error?.message).toMatch(/Could not find referenced Comment.*changing a comment/s);
  expectWhole(server);
});

test('a comment on an issue that is not there is told', async () => {
  const { server, tracker } = await linearUnderTest();
  const [create] = wholeAnswer(server);
  if (create?.kind !== 'create-comment') throw new Error('it begins with a comment');
  const elsewhere = { ...create, issueId: randomUUID() };
  const [refused] = await tracker.change([elsewhere], answerCall);
  expect(refused?.error.message).toContain('writing a comment');
});

test('a label that is refused does not keep the issue where it is', async () => {
  const { server, tracker } = await linearUnderTest();
  const issueId = server.issue('ENG-1').id;
  const unknown: IssueChange = { kind: 'add-label', issueId, labelId: randomUUID() };
  const refused = await tracker.change([unknown, ...wholeAnswer(server)], answerCall);
  expect(refused.map(({ change }) => change)).toEqual([unknown]);
  expect(server.issue('ENG-1')).toMatchObject({ state: 'In Review', comments: [{}] });
});

test('changes of two issues stay apart', async () => {
  const { server, tracker } = await linearUnderTest({ seed: { issues: ['One', 'Two'] } });
  const { issues, labels } = server.world;
  const changes = issues.map(({ id }): IssueChange => ({
    kind: 'add-label',
    issueId: id,
    labelId: labels[0]?.id ?? '',
  }));
  await tracker.change(changes, answerCall);
  expect(server.requests).toHaveLength(1);
  expect(issues.map(({ labelIds }) => labelIds)).toEqual([[labels[0]?.id], [labels[0]?.id]]);
});
