import { describe, expect, test } from 'vitest';
import type { BudgetLimits } from '../../../../../lib/domain/agents/budget/budget-decision.ts';
import { minuteMs } from '../../../../../lib/domain/agents/budget/budget-state.ts';
import { refuseAnalysis } from '../../../../../lib/domain/agents/budget/refuse-analysis.ts';

const now = Date.parse('2026-11-23T14:00:00.000Z');
const limits: BudgetLimits = {
  concurrent: 1,
  concurrentPerRepository: 1,
  startsPerMinute: 1,
  startsPerDay: 20,
  startsPerDayPerRepository: 20,
  attemptsPerCause: 3,
};

interface Given {
  /** In which repositories agent runs were started, each a minute after the one before, the last a minute ago. */
  started?: readonly string[];
  limits?: Partial<BudgetLimits>;
  paused?: { since: string } | null;
}

function refuse({ limits: changed, paused = null, started = [] }: Given) {
  const starts = started.map((repository, index) => ({
    id: `run-${index}`,
    repository,
    cause: `cause-${index}`,
    at: now - (started.length - index) * minuteMs,
  }));
  const state = { holders: [], starts };
  const terms = { limits: { ...limits, ...changed }, paused, now };
  return refuseAnalysis(state, { repository: 'acme/shop', wanted: 3 }, terms);
}

const starts = (count: number, repository = 'acme/shop') =>
  Array.from({ length: count }, () => repository);

describe('an analysis may ask', () => {
  test('where the day has room for all its agents', () => {
    expect(refuse({ started: starts(17) })).toBeUndefined();
  });

  test('whatever waits for minutes at most', () => {
    expect(refuse({ started: starts(2), limits: { startsPerDay: 5 } })).toBeUndefined();
  });
});

describe('an analysis asks no agent', () => {
  test('where the day has room for some, until it has room for all', () => {
    // The first of the 18 was started at 13:42.
    expect(refuse({ started: starts(18) })).toEqual({
      kind: 'refused',
      limit: 'day',
      reason:
        '18 of 20 agent runs of the last 24 hours are used; the 3 of an analysis are possible at ' +
        '2026-11-24 13:42 UTC, or with a higher agents.budget.startsPerDay.',
      retryAt: '2026-11-24T13:42:00.000Z',
    });
    expect(refuse({ started: starts(20) })?.retryAt).toBe('2026-11-24T13:42:00.000Z');
  });

  test('where its repository has no room', () => {
    const started = [...starts(4, 'acme/web'), ...starts(4)];
    expect(refuse({ started, limits: { startsPerDayPerRepository: 6 } })).toMatchObject({
      limit: 'repository-day',
      reason: expect.stringMatching(/^4 of 6 .* for acme\/shop are used; the 3 of an analysis/),
      retryAt: '2026-11-24T13:56:00.000Z',
    });
  });

  test.each([
    [0, 'agents.budget.startsPerDay is 0: no agent is started.'],
    [
      2,
      'agents.budget.startsPerDay is 2, and an analysis asks 3 agents or none: no agent is started.',
    ],
  ])('for good where a day allows %i', (startsPerDay, reason) => {
    const refused = { kind: 'refused', limit: 'day', reason, retryAt: null };
    expect(refuse({ limits: { startsPerDay } })).toEqual(refused);
    expect(refuse({ limits: { startsPerDay }, started: starts(2) })).toEqual(refused);
  });

  test('during a pause', () => {
    expect(refuse({ paused: { since: '2026-11-23T13:00:00.000Z' } })).toMatchObject({
      limit: 'paused',
      retryAt: null,
    });
  });
});
