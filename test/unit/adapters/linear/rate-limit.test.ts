import { describe, expect, test } from 'vitest';
import {
  levelOf,
  readBudget,
  shareLeft,
  waitFor,
  type LinearBudget,
} from '../../../../lib/adapters/linear/rate-limit.ts';

const now = Date.parse('2026-11-22T10:00:00.000Z');
const hour = 3_600_000;

/** All that was used comes back within the hour. */
function budget(requests: number, complexity = 100, changes: Partial<LinearBudget> = {}) {
  const resetsAt = now + hour;
  return {
    readAt: now,
    requests: { limit: 100, remaining: requests, resetsAt },
    complexity: { limit: 100, remaining: complexity, resetsAt },
    pausedUntil: 0,
    ...changes,
  };
}

function headers(values: Record<string, string>): Headers {
  return new Headers({
    'x-ratelimit-requests-limit': '2500',
    'x-ratelimit-requests-remaining': '1000',
    'x-ratelimit-requests-reset': String(now + hour),
    ...values,
  });
}

describe('the headers of an answer', () => {
  test('tell of requests and of complexity', () => {
    const complexity = {
      'x-ratelimit-complexity-limit': '3000000',
      'x-ratelimit-complexity-remaining': '2000000',
      'x-ratelimit-complexity-reset': String(now + 1_000),
    };
    expect(readBudget(headers(complexity), { now, limited: false })).toEqual({
      readAt: now,
      requests: { limit: 2_500, remaining: 1_000, resetsAt: now + hour },
      complexity: { limit: 3_000_000, remaining: 2_000_000, resetsAt: now + 1_000 },
      pausedUntil: 0,
    });
  });

  test('may tell nothing', () => {
    expect(readBudget(new Headers(), { now, limited: false })).toBeUndefined();
  });

  test.each([
    ['x-ratelimit-requests-limit', '0'],
    ['x-ratelimit-requests-limit', 'many'],
    ['x-ratelimit-requests-remaining', '-1'],
    ['x-ratelimit-requests-reset', 'soon'],
  ])('with a nonsensical %s of %s tell nothing', (name, value) => {
    expect(readBudget(headers({ [name]: value }), { now, limited: false })).toBeUndefined();
  });

  test('cannot stop us for longer than an hour', () => {
    const far = headers({
      'x-ratelimit-requests-remaining': '0',
      'x-ratelimit-requests-reset': String(now + 1_000 * hour),
      'retry-after': '9999999',
    });
    const told = readBudget(far, { now, limited: true });
    expect(told?.pausedUntil).toBe(now + hour);
    expect(told?.requests?.resetsAt).toBe(now + hour);
  });
});

describe('a limit that is reached', () => {
  test.each([
    ['as long as Linear asks', new Headers({ 'retry-after': '30' }), 30_000],
    ['a minute where nothing says how long', new Headers(), 60_000],
    ['a minute where another limit than those told is reached', headers({}), 60_000],
    ['until one request is back', headers({ 'x-ratelimit-requests-remaining': '0' }), 1_440],
  ])('lasts %s', (_, told, waitMs) => {
    const read = readBudget(told, { now, limited: true });
    expect(read && waitFor('answer', read, now)).toBe(now + waitMs);
  });
});

test.each([
  ['answer', 1, true],
  ['answer', 0, false],
  ['upkeep', 25, true],
  ['upkeep', 24, false],
  ['progress', 50, true],
  ['progress', 49, false],
] as const)('%s with %i of 100 left may be asked: %s', (urgency, left, isAllowed) => {
  expect(waitFor(urgency, budget(left), now) === undefined).toBe(isAllowed);
});

test('the tighter of both quotas counts', () => {
  expect(shareLeft(budget(80, 30), now)).toBe(0.3);
  expect(waitFor('progress', budget(100, 30), now)).toBeDefined();
  expect(waitFor('progress', budget(30, 100), now)).toBeDefined();
});

test('what was used comes back evenly', () => {
  const used = budget(0);
  expect(shareLeft(used, now + hour / 4)).toBe(0.25);
  expect(waitFor('progress', used, now)).toBe(now + hour / 2);
  expect(waitFor('progress', used, now + hour / 2)).toBeUndefined();
  expect(shareLeft(used, now + 2 * hour)).toBe(1);
});

test.each([
  [100, 'enough'],
  [49, 'low'],
  [24, 'scarce'],
  [0, 'none'],
] as const)('%i of 100 are %s', (left, level) => {
  expect(levelOf(budget(left), now)).toBe(level);
});
