import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startFaultProxy, type Fault, type FaultProxy } from '../../support/fault-proxy.ts';
import { linearRateLimit, tooManyRequests } from '../../support/faulty-answers.ts';
import { expectHarmless, readTexts, tick, withShortPauses } from './fault-runs.ts';
import { expectOneOfEach } from './kill-host.ts';
import {
  answersIn,
  createStoryWorld,
  deliver,
  untilAnalysed,
  type StoryWorld,
} from './story-world.ts';

withShortPauses();

/** For one analysis, its row in the table included. */
const mostLinearRequests = 12;

/** A team whose lines to Linear and GitHub can fail, and a host that has begun to work. */
async function startOnLines({ trackingTable = false } = {}) {
  const lines: FaultProxy[] = [];
  const world = await createStoryWorld({
    environment: { CICD_REQUEST_SECONDS: '1' },
    ticks: true,
    trackingTable,
    reach: async (address) => {
      const line = await startFaultProxy(Number(new URL(address).port));
      lines.push(line);
      return line.urlOf(address).replace(/\/$/, '');
    },
  });
  const host = await world.startHost();
  await tick(host);
  world.linear.requests.length = 0;
  const analyse = async () => {
    await deliver(host, world.linear.act.label('ENG-2', 'component-analysis'));
    return untilAnalysed(host);
  };
  return { analyse, host, lines, world };
}

/** One tick more, and all is there; another one adds nothing. */
async function settle({ host, world }: Awaited<ReturnType<typeof startOnLines>>) {
  expect(await tick(host)).toMatchObject({ state: 'succeeded', error: null });
  const before = answersIn(world);
  expect(await tick(host)).toMatchObject({ state: 'succeeded', error: null });
  expect(answersIn(world)).toEqual(before);
  expectHarmless(await readTexts(world, host));
}

test('on slow lines a run is slow, and right', async () => {
  const { analyse, lines, world } = await startOnLines({ trackingTable: true });
  for (const line of lines) line.set({ kind: 'latency', milliseconds: 200 });

  const run = await analyse();

  expect(run.state).toBe('succeeded');
  expectOneOfEach(world);
  expect(world.linear.requests.length).toBeLessThanOrEqual(mostLinearRequests);
});

/** One comment, one attachment, one check. */
function expectOnce(world: StoryWorld): void {
  const { attachments, checks, comments } = answersIn(world);
  expect([attachments.length, checks.length, comments.length]).toEqual([1, 1, 1]);
  expect(world.linear.issue('ENG-2')).toMatchObject({
    comments: [{ body: expect.stringContaining('Full report') }],
    labels: ['component-analysis', 'analysed'],
    state: 'Todo',
  });
}

const fates: Fault[] = [
  { kind: 'none' },
  { kind: 'none' },
  { kind: 'refuse' },
  { kind: 'reset', afterBytes: 300 },
  { kind: 'cut', afterBytes: 900 },
  { kind: 'silence' },
  { kind: 'dribble', bytesPerSecond: 600 },
];

test.each([1, 2])(
  'on lines that fail by chance (%i) all is there in the end, once',
  async (seed) => {
    const started = await startOnLines();
    const { analyse, lines, world } = started;
    for (const line of lines) line.choose(seed, fates);

    const run = await analyse();
    for (const line of lines) line.set({ kind: 'none' });

    expect(run.state).toBe('succeeded');
    expect(world.linear.requests.length).toBeLessThanOrEqual(mostLinearRequests);
    await settle(started);
    expectOnce(world);
  },
  120_000,
);

test('while nobody can be reached a run fails in time, and is made up for later', async () => {
  const started = await startOnLines();
  const { analyse, lines, world } = started;
  for (const line of lines) line.set({ kind: 'refuse' });

  const run = await analyse();
  for (const line of lines) line.set({ kind: 'none' });

  expect(run).toMatchObject({
    state: 'failed',
    error: { message: expect.stringMatching(/GitHub/) },
  });
  expect(world.linear.issue('ENG-2').comments).toEqual([]);
  await settle(started);
  // A run that has failed in passing is started again.
  expectOnce(world);
}, 120_000);

test.each([
  ['says for how long', tooManyRequests(10), 10_000],
  ['does not say for how long', linearRateLimit(), 0],
])(
  'a Linear that limits us and %s is left alone',
  async (_, answer, pauseMs) => {
    const started = await startOnLines();
    const { analyse, world } = started;
    const { linear } = world;
    linear.script([{ answer, times: Infinity }]);

    const run = await analyse();
    linear.clearScript();

    const owed = { state: 'owed', why: expect.stringMatching(/Answers wait until .* UTC/) };
    expect(run).toMatchObject({
      state: 'succeeded',
      result: { answers: [owed, { state: 'shown' }] },
    });
    // All others were not even sent.
    expect(linear.requests).toHaveLength(1);
    expect(linear.issue('ENG-2').comments).toEqual([]);
    if (pauseMs === 0) return;

    await delay(pauseMs);
    await settle(started);
    expectOnce(world);
  },
  120_000,
);
