import { expect, test } from 'vitest';
import { changeQuestion } from '../../../../lib/adapters/linear/change-issue.ts';

test('each change is a field of its own, in their order', () => {
  const { document, variables } = changeQuestion([
    { kind: 'update-comment', id: 'c1', body: 'x' },
    { kind: 'create-comment', id: 'c2', issueId: 'i1', body: 'x' },
    { kind: 'add-label', issueId: 'i1', labelId: 'l1' },
    { kind: 'add-label', issueId: 'i1', labelId: 'l2' },
    { kind: 'move', issueId: 'i1', stateId: 's1' },
  ]);
  expect(document.match(/change\d: \w+/g)).toEqual([
    'change0: commentUpdate',
    'change1: commentCreate',
    'change2: issueUpdate',
    'change3: issueUpdate',
    'change4: issueUpdate',
  ]);
  expect(variables).toEqual({
    id0: 'c1',
    input0: { body: 'x' },
    input1: { id: 'c2', issueId: 'i1', body: 'x' },
    id2: 'i1',
    input2: { addedLabelIds: ['l1'] },
    id3: 'i1',
    input3: { addedLabelIds: ['l2'] },
    id4: 'i1',
    input4: { stateId: 's1' },
  });
});

test('what is written goes into variables, never into the document', () => {
  const body = '"}) { success } }';
  const { document, variables } = changeQuestion([
    { kind: 'create-comment', id: 'c1', issueId: 'i1', body },
  ]);
  expect(document).not.toContain(body);
  expect(variables).toEqual({ input0: { id: 'c1', issueId: 'i1', body } });
});
