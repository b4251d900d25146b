import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { secondaryLimit } from '../../support/faulty-answers.ts';
import { casesOf } from './fault-cases.ts';
import {
  endsOf,
  expectAnsweredOnce,
  expectFailuresTold,
  forEach,
  tick,
  untilAllAnalysed,
  withShortPauses,
} from './fault-runs.ts';
import { createFaultWorld } from './fault-world.ts';

withShortPauses();

/** Longer than a request waits by itself. */
const limitSeconds = 12;

const names = Array.from({ length: 8 }, (_, index) => `limited-${index}`);
const limit = secondaryLimit(limitSeconds);
const cases = casesOf(
  { where: 'github', when: 'always' },
  Object.fromEntries(names.map((name) => [name, limit])),
);

test('a GitHub that has had enough is left alone for as long as it wants', async () => {
  const world = await createFaultWorld(cases);
  const host = await world.startHost();
  await tick(host);

  world.begin();
  await world.askForAll(host);
  const runs = await untilAllAnalysed(host);
  world.end();

  expect(endsOf(runs)).toEqual(forEach(cases, [expect.stringMatching(/^failed: .*rate limit/)]));
  expectFailuresTold(world, cases);
  // Those that were under way when the first one was refused.
  const refused = Object.values(world.strikes()).reduce((sum, count) => sum + count, 0);
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThanOrEqual(names.length);

  await delay(limitSeconds * 1_000);
  await expectAnsweredOnce(world, host, cases);
  expect([...world.linear.violations, ...world.github.violations]).toEqual([]);
}, 120_000);
