import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../../lib/adapters/sqlite/store.ts';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { createLeases } from '../../../../lib/flows/leases/leases.ts';

const limit = 2;
const ttlMs = 1_000;

type Step = { kind: 'acquire' | 'release'; holder: string } | { kind: 'pass'; ms: number };

const holders = fc.constantFrom('a', 'b', 'c', 'd');

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('acquire' as const, 'release' as const), holder: holders }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 700 }) }),
  ),
  { maxLength: 40 },
);

/** What leases are, said as simply as it can be. */
class Model {
  time = 1_000;
  readonly #until = new Map<string, number>();

  acquire(holder: string): boolean {
    const others = [...this.#until].filter(([name, end]) => name !== holder && end > this.time);
    if (others.length >= limit) return false;
    this.#until.set(holder, this.time + ttlMs);
    return true;
  }

  release(holder: string): void {
    this.#until.delete(holder);
  }
}

test('behave like a table of holders with an end for each', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const model = new Model();
      const now = () => model.time;
      const store = openSqliteStore(':memory:', { now });
      const leases = createLeases(store, now);
      const answers: { real: boolean; expected: boolean }[] = [];
      for (const step of taken) {
        if (step.kind === 'pass') {
          model.time += step.ms;
        } else if (step.kind === 'release') {
          model.release(step.holder);
          await leases.release('pool', step.holder);
        } else {
          const real = await leases.acquire('pool', { holder: step.holder, limit, ttlMs });
          answers.push({ real, expected: model.acquire(step.holder) });
        }
      }
      await store.close();
      expect(answers.map(({ real }) => real)).toEqual(answers.map(({ expected }) => expected));
    }),
  );
});

test('gives up where every write comes too late', async () => {
  const store = openSqliteStore(':memory:');
  const late = { ...store, add: async () => false };
  const acquiring = createLeases(late, Date.now).acquire('pool', {
    holder: 'a',
    limit: 1,
    ttlMs: 1_000,
  });
  await expect(acquiring).rejects.toThrow(UpstreamError);
  await store.close();
});
