import { expect, test } from 'vitest';
import { createAskingPauses } from '../../../../../lib/flows/agents/asking/asking-pauses.ts';
import { randomBy } from '../../../../support/random-by.ts';

const looks = [1, 2, 3, 4, 5, 6, 80];
const longest = createAskingPauses(() => 1);
const longestOf = (provider: 'codegen' | 'command') =>
  looks.map((look) => longest.agent({ provider, looks: look, failures: 0 }));

test('pauses double up to half a minute for a place, and to three minutes after 80 looks', () => {
  expect(looks.map((look) => longest.budget(look))).toEqual([5, 10, 20, 30, 30, 30, 30]);
  expect([81, 400].map((look) => longest.budget(look))).toEqual([180, 180]);
});

test('six hours of waiting for a place are looked through in 400 looks', () => {
  const { budget } = createAskingPauses(randomBy(7));
  let seconds = 0;
  let soonOver = 0;
  for (let look = 1; look <= 400; look += 1) {
    seconds += budget(look);
    if (look === 80) soonOver = seconds;
  }
  expect(seconds).toBeGreaterThan(6 * 3_600);
  expect(soonOver).toBeGreaterThan(15 * 60);
  expect(soonOver).toBeLessThan(25 * 60);
});

test('they double up to three minutes for a hosted agent, and to ten seconds for one on this machine', () => {
  expect(longestOf('codegen')).toEqual([10, 20, 40, 80, 160, 180, 180]);
  expect(longestOf('command')).toEqual([1, 2, 4, 8, 10, 10, 10]);
});

test('each failure to look at an agent lengthens them', () => {
  const pauses = [0, 1, 2].map((failures) =>
    longest.agent({ provider: 'codegen', looks: 2, failures }),
  );
  expect(pauses).toEqual([20, 40, 80]);
});

test('chance shortens them to whole seconds, one at least', () => {
  const pauses = [0, 0.33, 0.5].map((random) =>
    createAskingPauses(() => random).agent({ provider: 'cursor', looks: 3, failures: 0 }),
  );
  expect(pauses).toEqual([1, 13, 20]);
});
