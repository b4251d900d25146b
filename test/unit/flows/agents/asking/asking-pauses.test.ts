import { expect, test } from 'vitest';
import { createAskingPauses } from '../../../../../lib/flows/agents/asking/asking-pauses.ts';

const looks = [1, 2, 3, 4, 5, 6, 100];

test('pauses double up to two minutes for a place, and three for an agent', () => {
  const longest = createAskingPauses(() => 1);
  expect(looks.map((look) => longest.budget(look))).toEqual([10, 20, 40, 80, 120, 120, 120]);
  expect(looks.map((look) => longest.agent(look, 0))).toEqual([10, 20, 40, 80, 160, 180, 180]);
});

test('each failure to look at an agent lengthens them', () => {
  const longest = createAskingPauses(() => 1);
  expect([0, 1, 2].map((failures) => longest.agent(2, failures))).toEqual([20, 40, 80]);
});

test('chance shortens them to whole seconds, one at least', () => {
  const pauses = [0, 0.33, 0.5].map((random) => createAskingPauses(() => random).agent(3, 0));
  expect(pauses).toEqual([1, 13, 20]);
});
