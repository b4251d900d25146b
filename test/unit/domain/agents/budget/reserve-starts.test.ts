import { describe, expect, test } from 'vitest';
import type { BudgetLimits } from '../../../../../lib/domain/agents/budget/budget-decision.ts';
import {
  minuteMs,
  reservationMs,
  unusedBudget,
  withoutUnused,
  type BudgetState,
} from '../../../../../lib/domain/agents/budget/budget-state.ts';
import { listUses } from '../../../../../lib/domain/agents/budget/budget-uses.ts';
import { decideStart } from '../../../../../lib/domain/agents/budget/decide-start.ts';
import { reserveStarts } from '../../../../../lib/domain/agents/budget/reserve-starts.ts';

const now = Date.parse('2026-11-23T14:00:00.000Z');
const limits: BudgetLimits = {
  concurrent: 1,
  concurrentPerRepository: 1,
  startsPerMinute: 1,
  startsPerDay: 20,
  startsPerDayPerRepository: 20,
  attemptsPerCause: 3,
};

/** Those of an analysis. */
const agents = (analysis: string) =>
  [1, 2, 3].map((number) => ({ id: `${analysis}-${number}`, cause: `${analysis}-${number}` }));

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
  return reserveStarts(state, { repository: 'acme/shop', wanted: agents('new') }, terms).refused;
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

/** Reserved for an analysis, on a day of so many starts. */
function reserve(before: BudgetState, analysis: string, startsPerDay = 4) {
  const terms = { limits: { ...limits, startsPerDay }, paused: null, now };
  return reserveStarts(before, { repository: 'acme/shop', wanted: agents(analysis) }, terms);
}

/** @param at milliseconds since the epoch */
function take(before: BudgetState, id: string, at = now) {
  const start = { id, repository: 'acme/shop', cause: id };
  const places = { concurrent: 9, concurrentPerRepository: 9 };
  const counts = { startsPerMinute: 2, startsPerDay: 4, attemptsPerCause: 1 };
  const terms = {
    limits: { ...limits, ...places, ...counts },
    paused: null,
    now: at,
    leaseMs: minuteMs,
  };
  return decideStart(before, start, terms);
}

const dayOf = (state: BudgetState, at = now) =>
  listUses(state, { limits, now: at }).find(({ limit }) => limit === 'day')?.used;

describe('what is reserved', () => {
  const { state } = reserve(unusedBudget, 'one');

  test('is used for all others, once however often it is asked for', () => {
    expect(dayOf(reserve(state, 'one').state)).toBe(3);
    expect(reserve(state, 'two').refused).toMatchObject({ limit: 'day' });
    const { decision, state: after } = take(state, 'other');
    expect(decision.kind).toBe('granted');
    expect(take(after, 'another').decision).toMatchObject({ kind: 'refused', limit: 'day' });
    expect(take(after, 'one-3').decision.kind).toBe('granted');
  });

  test('counts as a start of the minute in which it is granted', () => {
    const later = now + 60 * minuteMs;
    expect(listUses(state, { limits, now })[1]).toMatchObject({ limit: 'minute', used: 0 });
    const first = take(state, 'one-1', later).state;
    const second = take(first, 'one-2', later).state;
    expect(take(second, 'one-3', later).decision).toMatchObject({ kind: 'wait', limit: 'minute' });
    expect(dayOf(second, later)).toBe(3);
    expect(second.starts.map(({ at, isReserved }) => [at, isReserved])).toEqual([
      [now, true],
      [later, undefined],
      [later, undefined],
    ]);
  });

  test('is free again where nobody uses it, and what was granted is not', () => {
    const granted = take(state, 'one-1').state;
    const left = agents('one').reduce((before, { id }) => withoutUnused(before, id), granted);
    expect(dayOf(left)).toBe(1);
    expect(dayOf(granted, now + reservationMs - 1)).toBe(3);
    expect(dayOf(granted, now + reservationMs)).toBe(1);
  });

  test('leaves alone what was granted before, also where the limit is lower by now', () => {
    const granted = take(state, 'one-1').state;
    expect(
      reserve(granted, 'one').state.starts.filter(({ isReserved }) => isReserved),
    ).toHaveLength(2);
    const all = agents('one').reduce((before, { id }) => take(before, id, now).state, state);
    const third = take(all, 'one-3', now + minuteMs).state;
    expect(reserve(third, 'one', 1).refused).toBeUndefined();
  });
});
