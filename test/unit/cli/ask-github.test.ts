import { expect, test } from 'vitest';
import { askGithub } from '../../../infra/cli/ask-github.ts';

test('eight are asked at a time, and results come in the order of the items', async () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  let underWay = 0;
  let most = 0;
  const results = await askGithub('items', items, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    // The first ones take longest.
    for (let turns = 20 - item; turns > 0; turns -= 1) await Promise.resolve();
    underWay -= 1;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(8);
});
