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
import type { FaultCase } from './fault-cases.ts';
import {
  answersOf,
  expectAnsweredOnce,
  expectHarmless,
  readTexts,
  tick,
  untilAllAnalysed,
  withShortPauses,
} from './fault-runs.ts';
import { createFaultWorld } from './fault-world.ts';

withShortPauses();

const mostLinearRequests = 12;

const passing: FaultCase[] = (
  [
    { name: 'resets', answer: reset },
    { name: 'lost-answers', answer: reset, carriedOut: true },
    { name: 'hangs', answer: hang },
    { name: 'late-answers', answer: hang, carriedOut: true },
    { name: 'cut-bodies', answer: cutBody() },
    { name: 'half-answers', answer: truncatedJson() },
    { name: 'empty-bodies', answer: emptyBody() },
    { name: 'errors', answer: serverError() },
    { name: 'pages-for-people', answer: badGateway() },
  ] as const
).map((one) => ({ ...one, where: 'linear', when: 'now-and-then' }));

const lasting: FaultCase[] = (
  [
    { name: 'always-errors', answer: serverError(), when: 'always' },
    { name: 'always-silent', answer: hang, when: 'always' },
    { name: 'always-pages', answer: badGateway(), when: 'always' },
    { name: 'finally-resets', answer: reset, when: 'late' },
    { name: 'finally-cut', answer: cutBody(), when: 'late' },
    { name: 'finally-lost', answer: reset, when: 'late', carriedOut: true },
  ] as const
).map((one) => ({ ...one, where: 'linear' }));

const cases = [...passing, ...lasting];
const names = cases.map(({ name }) => name);

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

  expect(runs.map(({ state }) => state)).toEqual(names.map(() => 'succeeded'));
  const answered = new Map(runs.map((run) => [run.subject, answersOf(run)]));
  for (const { name } of passing)
    expect(answered.get(`${name} of acme/${name}`), name).toMatchObject([
      { state: 'shown' },
      { state: 'shown' },
    ]);
  for (const { name } of lasting)
    expect(answered.get(`${name} of acme/${name}`), name).toMatchObject([
      { state: 'owed', why: expect.stringContaining('autonomous-cicd writes the answer') },
      { state: 'shown' },
    ]);
  for (const name of names) {
    expect(world.strikesOn(name), name).toBeGreaterThan(0);
    expect(world.linearRequestsFor(name).length, name).toBeLessThanOrEqual(mostLinearRequests);
  }
  expect(linear.requests).toHaveLength(names.flatMap(world.linearRequestsFor).length);

  await expectAnsweredOnce(world, host, names);
  expectHarmless(
    await readTexts(
      world,
      host,
      names.map((name) => `acme/${name}`),
    ),
  );
  expect([...linear.violations, ...github.violations]).toEqual([]);
}, 100_000);
