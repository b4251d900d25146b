import { expect, test } from 'vitest';
import { createSlots } from '../../../lib/analysis/job-slots.ts';

/** Work that begins by being noted, and ends when it is told to. */
function createWork() {
  const begun: string[] = [];
  const endings = new Map<string, PromiseWithResolvers<string>>();
  return {
    begun,
    work: (name: string) => () => {
      begun.push(name);
      const ending = Promise.withResolvers<string>();
      endings.set(name, ending);
      return ending.promise;
    },
    end: (name: string) => endings.get(name)?.resolve(name),
    fail: (name: string) => endings.get(name)?.reject(new Error(name)),
  };
}

test('no more runs at once than there are slots, the rest in the order of the calls', async () => {
  const inSlot = createSlots(2);
  const { begun, end, work } = createWork();
  const results = ['a', 'b', 'c', 'd'].map((name) => inSlot(work(name)));
  expect(begun).toEqual(['a', 'b']);

  end('b');
  expect(await results[1]).toBe('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  end('a');
  expect(await results[0]).toBe('a');
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('work that fails gives its slot back', async () => {
  const inSlot = createSlots(1);
  const { begun, fail, work } = createWork();
  const failing = inSlot(work('a'));
  void inSlot(work('b'));

  fail('a');
  await expect(failing).rejects.toThrow('a');
  expect(begun).toEqual(['a', 'b']);
});
