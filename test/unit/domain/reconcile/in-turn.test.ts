import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTurn } from '../../../../lib/domain/reconcile/in-turn.ts';

test('few items all have their turn at every tick', () => {
  expect(inTurn([1, 2, 3], { atMost: 3, tick: 7 })).toEqual([1, 2, 3]);
  expect(inTurn([], { atMost: 3, tick: 7 })).toEqual([]);
});

test('of many, each has its turn within as many ticks as it takes, and no tick has too many', () => {
  const sizes = fc.record({
    count: fc.integer({ min: 0, max: 60 }),
    atMost: fc.integer({ min: 1, max: 20 }),
    first: fc.integer({ min: 0, max: 1_000_000 }),
  });
  fc.assert(
    fc.property(sizes, ({ atMost, count, first }) => {
      const items = Array.from({ length: count }, (_, index) => index);
      const ticks = Array.from({ length: Math.ceil(count / atMost) }, (_, index) => first + index);
      const looked = ticks.map((tick) => inTurn(items, { atMost, tick }));
      expect(looked.flat().toSorted((a, b) => a - b)).toEqual(items);
      expect(looked.every(({ length }) => length <= atMost)).toBe(true);
    }),
  );
});
