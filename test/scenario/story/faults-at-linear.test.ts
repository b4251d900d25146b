import { expect, test } from 'vitest';
import {
  badGateway,
  cutBody,
  emptyBody,
  hang,
  reset,
  serverError,
  truncatedJson,
} from '../../support/faulty-answers.ts';
import { casesOf } from './fault-cases.ts';
import {
  endsOf,
  expectAnsweredOnce,
  expectHarmless,
  forEach,
  readTexts,
  tick,
  untilAllAnalysed,
  withShortPauses,
} from './fault-runs.ts';
import { createFaultWorld } from './fault-world.ts';

withShortPauses();

/** For one analysis. */
const mostRequests = 12;

const where = 'linear';
const passing = [
  ...casesOf(
    { where, when: 'now-and-then' },
    {
      resets: reset,
      hangs: hang,
      'cut-bodies': cutBody(),
      'half-answers': truncatedJson(),
      'empty-bodies': emptyBody(),
      errors: serverError(),
      'pages-for-people': badGateway(),
    },
  ),
  ...casesOf(
    { where, when: 'now-and-then', carriedOut: true },
    { 'lost-answers': reset, 'late-answers': hang },
  ),
];
const lasting = [
  ...casesOf(
    { where, when: 'always' },
    { 'always-errors': serverError(), 'always-silent': hang, 'always-pages': badGateway() },
  ),
  ...casesOf({ where, when: 'late' }, { 'finally-resets': reset, 'finally-cut': cutBody() }),
  ...casesOf({ where, when: 'late', carriedOut: true }, { 'finally-lost': reset }),
];
const cases = [...passing, ...lasting];

test('a Linear that fails gets every answer, once: from the run or from a later tick', async () => {
  const world = await createFaultWorld(cases);
  const { github, linear } = world;
  const host = await world.startHost();
  await tick(host);
  linear.requests.length = 0;

  world.begin();
  await world.askForAll(host);
  const runs = await untilAllAnalysed(host);
  world.end();

  const owed = expect.stringMatching(/^owed: Linear has not answered well.*autonomous-cicd writes/);
  expect(endsOf(runs)).toEqual({
    ...forEach(passing, ['shown', 'shown']),
    ...forEach(lasting, [owed, 'shown']),
  });
  expect(Math.min(...Object.values(world.strikes()))).toBeGreaterThan(0);
  const requests = Object.values(world.linearRequests());
  expect(Math.max(...requests)).toBeLessThanOrEqual(mostRequests);
  // None was for something else.
  expect(requests.reduce((sum, count) => sum + count)).toBe(linear.requests.length);

  await expectAnsweredOnce(world, host, cases);
  expectHarmless(await readTexts(world, host));
  expect([...linear.violations, ...github.violations]).toEqual([]);
}, 100_000);
