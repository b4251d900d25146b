import { expect, test } from 'vitest';
import { readPullRequests } from '../../../../lib/domain/agents/told-pull-requests.ts';

const url = 'https://github.com/acme/shop/pull/1';

test('A pull request is kept by its address on the web', () => {
  const told = { url, title: 'Mend it', branch: 'cicd/1' };
  expect(readPullRequests([told])).toEqual([told]);
});

test.each([null, '', 'javascript:alert(1)', 'https://name:word@github.com'])(
  'There is none at %s',
  (address) => {
    expect(readPullRequests([{ url: address, title: 'Mend it', branch: 'cicd/1' }])).toEqual([]);
  },
);

test('What is told of a pull request is one line, and no longer than people read', () => {
  const hostile = 'x\n\u202eyz'.repeat(1_000_000);
  const [pullRequest] = readPullRequests([{ url, title: hostile, branch: hostile }]);
  expect(pullRequest?.title?.length).toBeLessThanOrEqual(200);
  expect(pullRequest?.branch?.length).toBeLessThanOrEqual(255);
  expect(pullRequest?.branch).toMatch(/^x ⏎ \ufffdyzx ⏎ .*…$/);
  expect(`${pullRequest?.title}${pullRequest?.branch}`).not.toMatch(/[\n\u202e]/);
  expect(readPullRequests([{ url, title: null, branch: null }])).toEqual([
    { url, title: null, branch: null },
  ]);
});
