import { expect, test } from 'vitest';
import {
  badGateway,
  cutBody,
  emptyBody,
  hang,
  reset,
  secondaryLimit,
  serverError,
  tooManyRequests,
} from '../../support/faulty-answers.ts';
import { casesOf } from './fault-cases.ts';
import {
  endsOf,
  expectAnsweredOnce,
  expectFailuresTold,
  expectHarmless,
  forEach,
  readTexts,
  tick,
  untilAllAnalysed,
  withShortPauses,
} from './fault-runs.ts';
import { createFaultWorld } from './fault-world.ts';

withShortPauses();

const where = 'github';
/** Limits that last concern every case alike: they have a test of their own. */
const passing = [
  ...casesOf(
    { where, when: 'now-and-then' },
    {
      resets: reset,
      hangs: hang,
      'cut-bodies': cutBody(),
      'empty-bodies': emptyBody(),
      errors: serverError(),
      'pages-for-people': badGateway(),
      limits: tooManyRequests(1),
      'secondary-limits': secondaryLimit(1),
    },
  ),
  ...casesOf({ where, when: 'now-and-then', carriedOut: true }, { 'lost-answers': reset }),
];
/** The report is there, and the check cannot be written. */
const finallyFailing = [
  ...casesOf(
    { where, when: 'late' },
    {
      'finally-resets': reset,
      'finally-silent': hang,
      'finally-pages': badGateway(),
    },
  ),
  ...casesOf({ where, when: 'late', carriedOut: true }, { 'finally-lost': reset }),
];
/** The source cannot be read. */
const alwaysFailing = [
  ...casesOf({ where, when: 'always' }, { 'always-silent': hang }),
  ...casesOf(
    { where: 'archive', when: 'always' },
    {
      'archive-errors': badGateway(),
      'archive-cut': cutBody(),
      'archive-silent': hang,
      'archive-resets': reset,
      'archive-limited': tooManyRequests(),
    },
  ),
];
const cases = [...passing, ...finallyFailing, ...alwaysFailing];

test('a GitHub that fails gets every check, once, and who asked hears what could not be read', async () => {
  const world = await createFaultWorld(cases);
  const { github, linear } = world;
  const host = await world.startHost();
  await tick(host);

  world.begin();
  await world.askForAll(host);
  const runs = await untilAllAnalysed(host);
  world.end();

  expect(endsOf(runs)).toEqual({
    ...forEach(passing, ['shown', 'shown']),
    ...forEach(finallyFailing, ['shown', expect.stringMatching(/^owed: .*GitHub/)]),
    ...forEach(alwaysFailing, [expect.stringMatching(/^failed: .*GitHub/)]),
  });
  expect(Math.min(...Object.values(world.strikes()))).toBeGreaterThan(0);
  expectFailuresTold(world, alwaysFailing);

  // Those that have failed in passing are started again.
  await expectAnsweredOnce(world, host, cases);
  expectHarmless(await readTexts(world, host));
  expect([...linear.violations, ...linear.duplicates, ...github.violations]).toEqual([]);
}, 240_000);
