import { expect, test } from 'vitest';
import { judgeSecrets } from '../../../../infra/cli/doctor/secret-lines.ts';
import {
  judgeQueues,
  judgeStack,
  judgeSubscriptions,
  judgeVersions,
} from '../../../../infra/cli/doctor/stack-lines.ts';
import type { ListedSecret } from '../../../../infra/cli/secrets/list-secrets.ts';

test.each([
  ['CREATE_COMPLETE', 'ok'],
  ['UPDATE_COMPLETE', 'ok'],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'warning'],
  ['UPDATE_IN_PROGRESS', 'warning'],
  ['UPDATE_ROLLBACK_COMPLETE', 'warning'],
  ['UPDATE_ROLLBACK_FAILED', 'problem'],
])('a stack that is %s is judged %s', (status, state) => {
  const line = judgeStack({ status, region: 'eu-west-1', deployedAt: '2026-03-01T12:00:00Z' });
  expect(line.state).toBe(state);
  expect(line.detail).toContain(`${status} in eu-west-1`);
});

test('dead letters are told by what they were for', () => {
  const lines = judgeQueues(
    new Map([
      ['dispatcher', 2],
      ['scheduler', 0],
    ]),
  );
  expect(lines).toMatchObject([
    { subject: 'dead letters of dispatcher', state: 'problem', detail: '2 waiting' },
  ]);
  expect(judgeQueues(new Map([['scheduler', 0]]))).toMatchObject([{ state: 'ok' }]);
});

test('versions are kept for runs that began before; many of them are worth a look', () => {
  const counts = new Map([
    ['one', 1],
    ['some', 20],
    ['many', 21],
  ]);
  expect(judgeVersions(counts).map(({ state }) => state)).toEqual(['ok', 'ok', 'warning']);
});

test.each([
  [[], 'warning', 'nobody'],
  [['PendingConfirmation', 'arn:aws:sns:one'], 'warning', '1 of 2'],
  [['arn:aws:sns:one'], 'ok', '1 subscribed'],
])('subscriptions %j are judged %s', (arns, state, detail) => {
  const line = judgeSubscriptions(arns.map((SubscriptionArn) => ({ SubscriptionArn })));
  expect(line.state).toBe(state);
  expect(line.detail).toContain(detail);
});

const now = Date.parse('2026-03-05T12:00:00Z');
const secret: ListedSecret = {
  name: 'LINEAR_API_KEY',
  state: 'set',
  changedAt: '2026-03-01T12:00:00.000Z',
  previousCounts: true,
  rotating: false,
  use: 'answers in Linear',
};

function judge(overrides: Partial<ListedSecret>) {
  return judgeSecrets([{ ...secret, ...overrides }], now);
}

test('a secret is told with its age, and one that nothing needs not at all', () => {
  expect(judge({})).toMatchObject([
    {
      subject: 'linear-api-key',
      state: 'ok',
      detail: 'set, 4 days old, the value before counts, too',
    },
  ]);
  expect(judge({ state: 'not set', changedAt: null })).toEqual([]);
});

test('one that is needed is a problem: those of webhooks are made by registering them', () => {
  const needed = { state: 'needed', changedAt: null } as const;
  expect(judge(needed)).toMatchObject([{ advice: 'cicd secrets set linear-api-key' }]);
  expect(judge({ ...needed, name: 'LINEAR_WEBHOOK_SECRET' })).toMatchObject([
    { state: 'problem', advice: 'cicd webhooks register makes it' },
  ]);
});

test('a rotation without an end is told', () => {
  expect(judge({ rotating: true })).toMatchObject([
    { state: 'warning', advice: 'cicd secrets rotate linear-api-key' },
  ]);
});
