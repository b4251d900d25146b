import { expect, test } from 'vitest';
import { changeQuestion, mutationsFor } from '../../../../lib/adapters/linear/change-issue.ts';

test('what changes on one issue is one update, with all its labels', () => {
  const mutations = mutationsFor([
    { kind: 'add-label', issueId: 'i1', labelId: 'l1' },
    { kind: 'add-label', issueId: 'i2', labelId: 'l1' },
    { kind: 'update-comment', id: 'c1', body: 'x' },
    { kind: 'move', issueId: 'i1', stateId: 's1' },
    { kind: 'add-label', issueId: 'i1', labelId: 'l2' },
  ]);
  expect(mutations).toEqual([
    { field: 'issueUpdate', id: 'i1', input: { addedLabelIds: ['l1', 'l2'], stateId: 's1' } },
    { field: 'issueUpdate', id: 'i2', input: { addedLabelIds: ['l1'] } },
    { field: 'commentUpdate', id: 'c1', input: { body: 'x' } },
  ]);
});

test('the order of the changes is that of the fields', () => {
  const { document } = changeQuestion(
    mutationsFor([
      { kind: 'update-comment', id: 'c1', body: 'x' },
      { kind: 'create-comment', id: 'c2', issueId: 'i1', body: 'x' },
    ]),
  );
  expect(document.indexOf('commentUpdate')).toBeLessThan(document.indexOf('commentCreate'));
});

test('what is written goes into variables, never into the document', () => {
  const body = '"}) { success } }';
  const { document, variables } = changeQuestion(
    mutationsFor([{ kind: 'create-comment', id: 'c1', issueId: 'i1', body }]),
  );
  expect(document).not.toContain(body);
  expect(variables).toEqual({ input0: { id: 'c1', issueId: 'i1', body } });
});
