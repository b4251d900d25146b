import { describe, expect, test } from 'vitest';
import {
  planBeginning,
  planEnd,
  type WantedBeginning,
  type WantedEnd,
} from '../../../../lib/flows/answers/plan-issue-answer.ts';
import type { IssueDetails } from '../../../../lib/ports/issue-tracker.ts';
import {
  buildMemory,
  buildTrackedIssue,
  changedIssue,
  states,
} from '../../../builders/tracked-issues.ts';

const commentIds = ['comment-0', 'comment-1', 'comment-2'];
const attachment = { url: 'https://cicd.example/answers/1', title: 'Orders', subtitle: '1 high' };
const moved = buildMemory({ commentMade: true, before: states.todo, leftIn: states.running.id });

function begin(issue: Partial<IssueDetails>, wanted: Partial<WantedBeginning> = {}) {
  return planBeginning(buildTrackedIssue(issue), {
    body: 'running',
    commentIds,
    memory: buildMemory(),
    state: 'in progress',
    ...wanted,
  });
}

function end(issue: Partial<IssueDetails>, wanted: Partial<WantedEnd> = {}) {
  return planEnd(buildTrackedIssue(issue), {
    body: 'report',
    commentIds,
    memory: moved,
    report: { attachment, label: 'analysed', state: null },
    ...wanted,
  });
}

const kindsOf = ({ changes }: ReturnType<typeof end>) => changes.map(({ kind }) => kind);
const movesOf = ({ changes }: ReturnType<typeof end>) =>
  changes.flatMap((change) => (change.kind === 'move' ? [change.stateId] : []));

describe('the beginning', () => {
  test('makes the comment and moves the issue, and remembers where it was', () => {
    expect(begin({})).toEqual({
      changes: [
        { kind: 'create-comment', id: 'comment-0', issueId: 'issue-1', body: 'running' },
        { kind: 'move', issueId: 'issue-1', stateId: states.running.id },
      ],
      memory: {
        generation: 0,
        commentMade: false,
        before: states.todo,
        leftIn: states.running.id,
      },
      problems: [],
    });
  });

  test('done once more, it changes nothing, and still knows where the issue was', () => {
    const first = begin({});
    const after = changedIssue(buildTrackedIssue(), first.changes);
    const again = begin(after, { memory: first.memory });
    expect(again.changes).toEqual([]);
    expect(again.memory).toMatchObject({ before: states.todo, leftIn: states.running.id });
  });

  test('writes over the report of the run before', () => {
    const issue = { comments: [{ id: 'comment-0', body: 'report' }] };
    expect(begin(issue).changes[0]).toEqual({
      kind: 'update-comment',
      id: 'comment-0',
      body: 'running',
    });
  });

  test.each([
    ['where nothing is to be moved', {}, { state: null }],
    ['a closed issue', { closed: true }, {}],
    ['an issue that a person has put there', { state: states.running }, {}],
  ])('moves nothing: %s', (_case, issue, wanted) => {
    const plan = begin(issue, wanted);
    expect(movesOf(plan)).toEqual([]);
    expect(plan.memory.before).toBeNull();
  });

  test('says what to do about a state that the team does not have', () => {
    const { changes, problems } = begin({}, { state: 'Working' });
    expect(changes.map(({ kind }) => kind)).toEqual(['create-comment']);
    expect(problems).toEqual([expect.stringMatching(/ENG-7 has no state "Working".*linear init/)]);
  });

  test('closes no issue', () => {
    const plan = begin({}, { state: 'Done' });
    expect(movesOf(plan)).toEqual([]);
    expect(plan.problems).toEqual([expect.stringContaining('linear.states.running')]);
  });
});

describe('the end', () => {
  const running = {
    state: states.running,
    comments: [{ id: 'comment-0', body: 'running' }],
  };

  test('shows the report, and moves the issue back last', () => {
    const plan = end(running);
    expect(plan.problems).toEqual([]);
    expect(plan.changes).toEqual([
      { kind: 'update-comment', id: 'comment-0', body: 'report' },
      { kind: 'attach', issueId: 'issue-1', ...attachment },
      { kind: 'add-label', issueId: 'issue-1', labelId: 'label-done' },
      { kind: 'move', issueId: 'issue-1', stateId: states.todo.id },
    ]);
  });

  test('done once more, it changes nothing', () => {
    const issue = buildTrackedIssue(running);
    expect(end(changedIssue(issue, end(issue).changes)).changes).toEqual([]);
  });

  test('done only in part, the rest is done', () => {
    const issue = buildTrackedIssue(running);
    const cut = changedIssue(issue, end(issue).changes.slice(0, 2));
    expect(kindsOf(end(cut))).toEqual(['add-label', 'move']);
  });

  test('moves an answered issue on where that is configured', () => {
    const report = { attachment, label: null, state: 'In Review' };
    expect(movesOf(end(running, { report }))).toEqual([states.review.id]);
  });

  test('also where the issue was in the running state before', () => {
    const memory = buildMemory({ leftIn: states.running.id });
    const report = { attachment, label: null, state: 'In Review' };
    expect(movesOf(end(running, { memory }))).toEqual([]);
    expect(movesOf(end(running, { memory, report }))).toEqual([states.review.id]);
  });

  test('also where it was not moved at the beginning: that has failed', () => {
    const report = { attachment, label: null, state: 'In Review' };
    expect(movesOf(end({ ...running, state: states.todo }, { report }))).toEqual([
      states.review.id,
    ]);
  });

  test('of a failure says so, and moves the issue back', () => {
    const plan = end(running, { body: 'failed', report: null });
    expect(kindsOf(plan)).toEqual(['update-comment', 'move']);
    expect(movesOf(plan)).toEqual([states.todo.id]);
  });

  test.each([
    ['a person has moved the issue', { ...running, state: states.review }],
    ['a person has closed the issue', { ...running, closed: true }],
  ])('leaves the issue where it is: %s', (_case, issue) => {
    const report = { attachment, label: null, state: 'In Review' };
    expect(movesOf(end(issue))).toEqual([]);
    expect(movesOf(end(issue, { report }))).toEqual([]);
  });

  test('moves the issue back where the state after the report is missing', () => {
    const plan = end(running, { report: { attachment, label: null, state: 'Shipped' } });
    expect(movesOf(plan)).toEqual([states.todo.id]);
    expect(plan.problems).toEqual([expect.stringContaining('no state "Shipped"')]);
  });

  test('says what to do about a label that is missing', () => {
    const plan = end(running, { report: { attachment, label: 'seen', state: null } });
    expect(kindsOf(plan)).toEqual(['update-comment', 'attach', 'move']);
    expect(plan.problems).toEqual([expect.stringMatching(/label "seen".*cicd linear init/)]);
  });

  test('works where the beginning could not be shown', () => {
    expect(kindsOf(end({}, { memory: buildMemory() }))).toEqual([
      'create-comment',
      'attach',
      'add-label',
    ]);
  });
});

describe('a comment that was deleted', () => {
  test.each([
    ['the first', { generation: 0, commentMade: true }, 'comment-1'],
    ['the second', { generation: 1, commentMade: true }, 'comment-2'],
    ['none: it was never made', { generation: 1, commentMade: false }, 'comment-1'],
  ])('is made anew under the next id: %s', (_case, memory, id) => {
    const plan = end({}, { memory: buildMemory(memory) });
    expect(plan.changes[0]).toMatchObject({ kind: 'create-comment', id });
  });

  test('three times is not made again, and the rest stands', () => {
    const memory = buildMemory({ generation: 2, commentMade: true });
    const plan = end({}, { memory });
    expect(kindsOf(plan)).toEqual(['attach', 'add-label']);
    expect(plan.problems).toEqual([expect.stringContaining('deleted 3 times')]);
    expect(plan.memory).toEqual(memory);
  });

  test('the newest of ours is found although nothing is remembered', () => {
    const comments = [{ id: 'comment-1', body: 'report' }];
    const plan = end({ comments }, { memory: buildMemory() });
    expect(kindsOf(plan)).toEqual(['attach', 'add-label']);
    expect(plan.memory.generation).toBe(1);
  });
});
