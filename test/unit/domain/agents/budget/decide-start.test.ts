import { describe, expect, test } from 'vitest';
import type {
  BudgetDecision,
  BudgetLimits,
} from '../../../../../lib/domain/agents/budget/budget-decision.ts';
import {
  dayMs,
  minuteMs,
  unusedBudget,
  type BudgetState,
} from '../../../../../lib/domain/agents/budget/budget-state.ts';
import { listUses } from '../../../../../lib/domain/agents/budget/budget-uses.ts';
import {
  decideStart,
  type AskedStart,
  type BudgetTerms,
} from '../../../../../lib/domain/agents/budget/decide-start.ts';

const now = Date.parse('2026-11-23T14:00:00.000Z');
const leaseMs = 65 * minuteMs;
const roomy: BudgetLimits = {
  concurrent: 100,
  concurrentPerRepository: 100,
  startsPerMinute: 100,
  startsPerDay: 1_000,
  startsPerDayPerRepository: 1_000,
  attemptsPerCause: 20,
};

function buildTerms({
  limits = {},
  ...terms
}: Partial<Omit<BudgetTerms, 'limits'>> & { limits?: Partial<BudgetLimits> } = {}): BudgetTerms {
  return { paused: null, now, leaseMs, ...terms, limits: { ...roomy, ...limits } };
}

function buildStart(start: Partial<AskedStart> = {}): AskedStart {
  return { id: 'new', repository: 'acme/shop', cause: 'issue-1', ...start };
}

/** After agent runs that were granted one after the other, each at work until it is released. */
function stateAfter(starts: (Partial<AskedStart> & { minutesAgo?: number })[]): BudgetState {
  return starts.reduce<BudgetState>((state, { minutesAgo = 10, ...start }, index) => {
    const terms = buildTerms({ now: now - minutesAgo * minuteMs });
    return decideStart(state, buildStart({ id: `run-${index}`, ...start }), terms).state;
  }, unusedBudget);
}

const released = (state: BudgetState): BudgetState => ({ ...state, holders: [] });

describe('an agent run', () => {
  test('holds a place and counts once it is granted', () => {
    const { decision, state } = decideStart(unusedBudget, buildStart(), buildTerms());
    expect(decision).toEqual({ kind: 'granted' });
    expect(state).toEqual({
      holders: [{ id: 'new', repository: 'acme/shop', until: now + leaseMs }],
      starts: [{ id: 'new', repository: 'acme/shop', cause: 'issue-1', at: now }],
    });
  });

  test('is granted again while it holds its place, whatever is used up meanwhile', () => {
    const before = stateAfter([{ id: 'one' }]);
    const terms = buildTerms({
      limits: { concurrent: 1, startsPerDay: 1, attemptsPerCause: 1 },
    });
    const { decision, state } = decideStart(before, buildStart({ id: 'one' }), terms);
    expect(decision).toEqual({ kind: 'granted' });
    expect(state.starts).toEqual(before.starts);
    expect(state.holders).toEqual([{ id: 'one', repository: 'acme/shop', until: now + leaseMs }]);
  });

  test('that holds a place is held back by a pause, and keeps it', () => {
    const before = stateAfter([{ id: 'one' }]);
    const terms = buildTerms({ paused: { since: '2026-11-23T13:55:00.000Z' } });
    const { decision, state } = decideStart(before, buildStart({ id: 'one' }), terms);
    expect(decision).toMatchObject({ kind: 'refused', limit: 'paused' });
    expect(state).toEqual(before);
  });

  test('counts once also after its place was given away, and then waits for one', () => {
    const before = stateAfter([{ id: 'one', minutesAgo: 70 }, { id: 'two' }]);
    const limits = { concurrent: 1, startsPerDay: 2, attemptsPerCause: 2 };
    const waits = decideStart(before, buildStart({ id: 'one' }), buildTerms({ limits }));
    expect(waits.decision).toMatchObject({ kind: 'wait', limit: 'concurrent' });
    const again = decideStart(released(before), buildStart({ id: 'one' }), buildTerms({ limits }));
    expect(again.decision).toEqual({ kind: 'granted' });
    expect(again.state.starts).toHaveLength(2);
  });

  test('leaves no trace where it is not granted', () => {
    const before = stateAfter([{ id: 'one' }]);
    const terms = buildTerms({ limits: { concurrent: 1 } });
    expect(decideStart(before, buildStart(), terms).state).toEqual(before);
  });
});

interface Case {
  name: string;
  before: BudgetState;
  limits: Partial<BudgetLimits>;
  decision: BudgetDecision;
}

describe('what is in the way', () => {
  const cases: Case[] = [
    {
      name: 'attempts for the same cause',
      before: released(stateAfter([{ minutesAgo: 90 }, { minutesAgo: 60 }])),
      limits: { attemptsPerCause: 2, startsPerDay: 2 },
      decision: {
        kind: 'refused',
        limit: 'cause',
        reason:
          '2 of 2 agent runs of the last 24 hours for what was asked are used; the next is possible at ' +
          '2026-11-24 12:30 UTC, or with a higher agents.budget.attemptsPerCause.',
        retryAt: '2026-11-24T12:30:00.000Z',
      },
    },
    {
      name: 'starts of the day',
      before: released(
        stateAfter([
          { cause: 'a', minutesAgo: 90 },
          { cause: 'b', minutesAgo: 30 },
        ]),
      ),
      limits: { startsPerDay: 1, startsPerDayPerRepository: 1 },
      decision: {
        kind: 'refused',
        limit: 'day',
        reason:
          '2 of 1 agent runs of the last 24 hours are used; the next is possible at ' +
          '2026-11-24 13:30 UTC, or with a higher agents.budget.startsPerDay.',
        retryAt: '2026-11-24T13:30:00.000Z',
      },
    },
    {
      name: 'starts of the day for the repository',
      before: stateAfter([{ cause: 'a' }]),
      limits: { startsPerDayPerRepository: 1, startsPerMinute: 1, concurrent: 1 },
      decision: {
        kind: 'refused',
        limit: 'repository-day',
        reason:
          '1 of 1 agent runs of the last 24 hours for acme/shop are used; the next is possible at ' +
          '2026-11-24 13:50 UTC, or with a higher agents.budget.startsPerDayPerRepository.',
        retryAt: '2026-11-24T13:50:00.000Z',
      },
    },
    {
      name: 'no starts at all',
      before: unusedBudget,
      limits: { startsPerDay: 0 },
      decision: {
        kind: 'refused',
        limit: 'day',
        reason: 'agents.budget.startsPerDay is 0: no agent is started.',
        retryAt: null,
      },
    },
    {
      name: 'starts within a minute',
      before: stateAfter([{ cause: 'a', minutesAgo: 0.5 }]),
      limits: { startsPerMinute: 1, concurrent: 1 },
      decision: {
        kind: 'wait',
        limit: 'minute',
        reason:
          '1 of 1 starts of a minute are used: waits a moment (agents.budget.startsPerMinute).',
      },
    },
    {
      name: 'agents at work',
      before: stateAfter([{ cause: 'a' }]),
      limits: { concurrent: 1, concurrentPerRepository: 1 },
      decision: {
        kind: 'wait',
        limit: 'concurrent',
        reason: '1 of 1 agents are at work: waits for a free place (agents.budget.concurrent).',
      },
    },
    {
      name: 'agents at work for the repository',
      before: stateAfter([{ cause: 'a' }]),
      limits: { concurrentPerRepository: 1 },
      decision: {
        kind: 'wait',
        limit: 'repository-concurrent',
        reason:
          '1 of 1 agents are at work for acme/shop: waits for a free place ' +
          '(agents.budget.concurrentPerRepository).',
      },
    },
  ];

  test.each(cases)('is said: $name', ({ before, decision, limits }) => {
    const decided = decideStart(before, buildStart(), buildTerms({ limits }));
    expect(decided.decision).toEqual(decision);
  });

  test('is a pause before anything else', () => {
    const paused = { since: '2026-11-23T13:55:59.000Z' };
    const terms = buildTerms({ paused, limits: { startsPerDay: 0 } });
    expect(decideStart(unusedBudget, buildStart(), terms).decision).toEqual({
      kind: 'refused',
      limit: 'paused',
      reason: 'No agent is started: paused since 2026-11-23 13:55 UTC, until `cicd resume`.',
      retryAt: null,
    });
  });

  test('is nothing of another repository, another cause, or more than a day ago', () => {
    const before = stateAfter([
      { minutesAgo: 24 * 60, cause: 'issue-1' },
      { repository: 'acme/web', cause: 'issue-2' },
    ]);
    const limits = {
      concurrentPerRepository: 1,
      startsPerDayPerRepository: 1,
      attemptsPerCause: 1,
    };
    expect(decideStart(before, buildStart(), buildTerms({ limits })).decision).toEqual({
      kind: 'granted',
    });
  });
});

test('what is used is told for everything, and for each repository by name', () => {
  const before = stateAfter([
    { repository: 'acme/web', minutesAgo: 70 },
    { repository: 'acme/shop', minutesAgo: 10 },
    { repository: 'acme/web', minutesAgo: 0 },
  ]);
  const uses = listUses(before, { limits: roomy, now });
  expect(uses.map(({ limit, repository, used }) => [limit, repository, used])).toEqual([
    ['concurrent', null, 2],
    ['minute', null, 1],
    ['day', null, 3],
    ['repository-concurrent', 'acme/shop', 1],
    ['repository-day', 'acme/shop', 1],
    ['repository-concurrent', 'acme/web', 1],
    ['repository-day', 'acme/web', 2],
  ]);
  const later = listUses(before, { limits: roomy, now: now + dayMs });
  expect(later).toEqual([
    { limit: 'concurrent', repository: null, used: 0, allowed: 100 },
    { limit: 'minute', repository: null, used: 0, allowed: 100 },
    { limit: 'day', repository: null, used: 0, allowed: 1_000 },
  ]);
});
