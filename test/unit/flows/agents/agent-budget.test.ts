import * as fc from 'fast-check';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openSqliteStore } from '../../../../lib/adapters/sqlite/store.ts';
import type { BudgetLimits } from '../../../../lib/domain/agents/budget/budget-decision.ts';
import { createAgentBudget, type AgentBudget } from '../../../../lib/flows/agents/agent-budget.ts';
import type { Store } from '../../../../lib/ports/store.ts';
import { parseConfig } from '../../../../lib/runtime/config.ts';
import { setMetricSink, writeEmbeddedMetric } from '../../../../lib/runtime/metrics.ts';
import { buildStore } from '../../../builders/dispatch-services.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const deadlineMinutes = 30;
const leaseMs = (deadlineMinutes + 5) * minuteMs;
const start = Date.parse('2026-11-23T14:00:00.000Z');

const limits: BudgetLimits = {
  concurrent: 3,
  concurrentPerRepository: 2,
  startsPerMinute: 4,
  startsPerDay: 9,
  startsPerDayPerRepository: 7,
  attemptsPerCause: 5,
};

const limitNames = [
  'concurrent',
  'concurrentPerRepository',
  'startsPerMinute',
  'startsPerDay',
  'startsPerDayPerRepository',
  'attemptsPerCause',
] as const;

const refusals: unknown[] = [];

beforeEach(() => {
  refusals.length = 0;
  setMetricSink((name, dimensions) => refusals.push([name, dimensions]));
  onTestFinished(() => setMetricSink(writeEmbeddedMetric));
});

/** One of the processes that work on a store. */
function openBudget(
  store: Store,
  { budget = limits, now }: { now: () => number; budget?: Partial<BudgetLimits> },
): AgentBudget {
  const { agents } = parseConfig({ agents: { deadlineMinutes, budget } });
  return createAgentBudget({ store, pause: { get: async () => null }, settings: agents, now });
}

/** What the limits count, told by the answers alone. */
class Observer {
  readonly #grants = new Map<string, { repository: string; cause: string; at: number }>();
  readonly #until = new Map<string, number>();

  granted(
    id: string,
    { at, cause, repository }: { at: number; cause: string; repository: string },
  ) {
    const known = this.#grants.get(id);
    if (known === undefined || known.at <= at - dayMs)
      this.#grants.set(id, { repository, cause, at });
    this.#until.set(id, at + leaseMs);
  }

  released(id: string): void {
    this.#until.delete(id);
  }

  /** The most that any limit has to allow. @param now milliseconds since the epoch */
  used(now: number): BudgetLimits {
    const held = [...this.#until].filter(([, until]) => until > now).map(([id]) => id);
    const starts = [...this.#grants.values()].filter(({ at }) => at > now - dayMs);
    const repositories = held.map((id) => this.#grants.get(id)?.repository ?? '');
    return {
      concurrent: held.length,
      concurrentPerRepository: mostOf(repositories),
      startsPerMinute: starts.filter(({ at }) => at > now - minuteMs).length,
      startsPerDay: starts.length,
      startsPerDayPerRepository: mostOf(starts.map(({ repository }) => repository)),
      attemptsPerCause: mostOf(starts.map(({ cause }) => cause)),
    };
  }
}

function mostOf(names: readonly string[]): number {
  const groups = Map.groupBy(names, (name) => name);
  return Math.max(0, ...[...groups.values()].map(({ length }) => length));
}

const ids = Array.from({ length: 12 }, (_, index) => `run-${index}`);

/** What several processes do at the same time, and how long nothing happens afterwards. */
const rounds = fc.array(
  fc.record({
    acts: fc.uniqueArray(
      fc.record({
        process: fc.integer({ min: 0, max: 2 }),
        id: fc.constantFrom(...ids),
        does: fc.constantFrom(
          'take' as const,
          'take' as const,
          'reserve' as const,
          'release' as const,
        ),
      }),
      { selector: ({ id }) => id, maxLength: 8 },
    ),
    minutes: fc.constantFrom(0, 0.3, 5, 36, 600),
  }),
  { maxLength: 20 },
);

test('whatever several processes do at the same time, no limit is passed', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (taken) => {
      let time = start;
      const now = () => time;
      const store = openSqliteStore(':memory:', { now });
      const processes = [0, 1, 2].map(() => openBudget(store, { now }));
      const observer = new Observer();
      for (const { acts, minutes } of taken) {
        await Promise.all(
          acts.map(async ({ does, id, process }) => {
            const budget = processes[process];
            const number = ids.indexOf(id);
            const asked = { repository: `acme/${number % 2}`, cause: `issue-${number % 3}` };
            if (does === 'reserve') {
              const { cause, repository } = asked;
              await budget?.reserve({ repository, wanted: [{ id, cause }] });
            } else if (does === 'release') {
              await budget?.release(id);
              observer.released(id);
            } else if ((await budget?.take({ id, ...asked }))?.kind === 'granted') {
              observer.granted(id, { ...asked, at: time });
            }
          }),
        );
        const used = observer.used(time);
        expect(limitNames.filter((limit) => used[limit] > limits[limit])).toEqual([]);
        time += minutes * minuteMs;
      }
      await store.close();
    }),
    { numRuns: 60 },
  );
});

test('a place is free again once it is released, or its lease has run out', async () => {
  let time = start;
  const budget = openBudget(
    buildStore(() => time),
    { now: () => time, budget: { concurrent: 1 } },
  );
  const take = async (id: string) =>
    (await budget.take({ id, repository: 'acme/shop', cause: id })).kind;
  expect(await take('one')).toBe('granted');
  expect(await take('two')).toBe('wait');
  await budget.release('one');
  expect(await take('two')).toBe('granted');
  time += leaseMs - 1;
  expect(await take('three')).toBe('wait');
  time += 1;
  expect(await take('three')).toBe('granted');
});

test('refusals are counted, waits are not', async () => {
  const budget = openBudget(buildStore(), {
    now: () => start,
    budget: { concurrent: 1, startsPerDayPerRepository: 1 },
  });
  const ask = (id: string, repository: string) => budget.take({ id, repository, cause: id });
  await ask('one', 'acme/shop');
  expect(await ask('two', 'acme/web')).toMatchObject({ kind: 'wait' });
  expect(await ask('three', 'acme/shop')).toMatchObject({ kind: 'refused' });
  expect(refusals).toEqual([['AgentRunRefused', { reason: 'day' }]]);
});

test('the busiest day that can be configured finds room in an item', async () => {
  const mostBytes = 200_000;
  const mostStarts = 1_000;
  const mostHolders = 100;
  const store = buildStore(() => start);
  const budget = openBudget(store, { now: () => start });
  const id = '00000000-0000-4000-8000-000000000000';
  await budget.take({ id, repository: '"long" '.repeat(28), cause: 'x'.repeat(500) });

  const item = await store.get('agents', 'budget');
  const sizes = z
    .object({ holders: z.tuple([z.unknown()]), starts: z.tuple([z.unknown()]) })
    .transform(({ holders, starts }) => ({
      holder: JSON.stringify(holders).length,
      start: JSON.stringify(starts).length,
    }))
    .parse(item?.value);
  expect(sizes.holder * mostHolders + sizes.start * mostStarts).toBeLessThan(mostBytes);
});
