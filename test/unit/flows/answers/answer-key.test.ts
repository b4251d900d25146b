import { expect, test } from 'vitest';
import type { Place } from '../../../../lib/domain/answers/place.ts';
import { answerKey, answerLink } from '../../../../lib/flows/answers/answer-key.ts';

const commit = 'a'.repeat(40);
const status: Place = {
  kind: 'commit-status',
  repository: 'acme/shop',
  component: 'orders',
  commit,
};

const session: Place = {
  kind: 'linear-session',
  id: 'session-1',
  identifier: 'ENG-7',
  repository: 'acme/shop',
  component: 'orders',
};

test.each<Place>([
  { kind: 'linear-issue', id: 'issue-1', identifier: 'ENG-7' },
  { kind: 'github-issue', repository: 'acme/shop', component: 'orders' },
  session,
  status,
])('runs that would write over each other share a key: $kind', (place) => {
  expect(answerKey(place, 'run-1')).toBe(answerKey(place, 'run-2'));
});

test('a repository is the same in any case, a component is not', () => {
  expect(answerKey({ ...status, repository: 'Acme/Shop' }, 'run-1')).toBe(
    answerKey(status, 'run-1'),
  );
  expect(answerKey({ ...status, component: 'Orders' }, 'run-1')).not.toBe(
    answerKey(status, 'run-1'),
  );
});

test('two components that one session asks about are in nobody’s way', () => {
  expect(answerKey({ ...session, component: 'web' }, 'run-1')).not.toBe(
    answerKey(session, 'run-1'),
  );
});

test('as long as the commit is unknown, runs are in nobody’s way', () => {
  const unknown = { ...status, commit: null };
  expect(answerKey(unknown, 'run-1')).not.toBe(answerKey(unknown, 'run-2'));
});

test('the link stands beside the pages of runs, wherever they are', () => {
  const link = answerLink((runId) => `https://example.com/cicd/runs/${runId}`, 'key-1');
  expect(link).toBe('https://example.com/cicd/answers/key-1');
});
