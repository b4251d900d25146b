import { expect, onTestFinished, test } from 'vitest';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { minute, ScheduleWorld, type Death } from './schedule-world.ts';

const definitions = [
  { name: 'autonomous-cicd', flow: 'autonomous-cicd', everyMinutes: 15, startsAgents: true },
  { name: 'system-health', flow: 'system-health', everyMinutes: 5, startsAgents: false },
];

/** `at(3, '09:15')`: the third day of the week. */
const at = (day: number, time: string) => Date.parse(`2026-03-0${day + 1}T${time}:00Z`);

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const deaths: Death[] = ['before the run is started', 'after the run was started'];

/** Lets time pass in uneven steps; now and then the process is restarted, or dies in its next tick. */
function createTimePassing(world: ScheduleWorld) {
  const random = seededRandom(20_260_302);
  const seen = { restarts: 0, deaths: 0 };

  const passTime = async (until: number): Promise<void> => {
    while (world.now < until) {
      world.now = Math.min(until, world.now + 10_000 + Math.floor(random() * 4 * minute));
      const chance = random();
      if (chance < 0.01) {
        await world.restart();
        seen.restarts += 1;
      } else if (chance < 0.03) {
        world.death = deaths[chance < 0.02 ? 0 : 1];
      }
      // A process that has died is replaced at once, and looks at the clock anew.
      while ((await world.check()).died) seen.deaths += 1;
    }
  };
  return { passTime, seen };
}

/** Beginnings of slots, both ends included. */
function slots(everyMinutes: number, from: number, to: number): string[] {
  const interval = everyMinutes * minute;
  const first = Math.ceil(from / interval) * interval;
  const count = Math.floor((to - first) / interval) + 1;
  return Array.from({ length: count }, (_, index) =>
    new Date(first + index * interval).toISOString(),
  );
}

const every15 = (from: number, to: number) => slots(15, from, to);
const every5 = (from: number, to: number) => slots(5, from, to);

async function tickedSlots(world: ScheduleWorld, flow: string, everyMinutes: number) {
  const interval = everyMinutes * minute;
  return (await world.listRuns(flow)).map(({ startedAt }) =>
    new Date(Math.floor(Date.parse(startedAt) / interval) * interval).toISOString(),
  );
}

async function liveThroughTheWeek(
  world: ScheduleWorld,
  passTime: (until: number) => Promise<void>,
): Promise<void> {
  // Day 1: the first start.
  await world.check();

  // Day 2: nobody is there from 10:20 to 13:20.
  await passTime(at(2, '10:20'));
  world.now = at(2, '13:20');
  await world.restart();

  // Day 3: the run of 09:00 takes until 09:52.
  await passTime(at(3, '08:59'));
  world.runsAreLong = true;
  await passTime(at(3, '09:03'));
  world.runsAreLong = false;
  await passTime(at(3, '09:52'));
  await world.endRuns();

  // Day 4: the clock is two hours ahead from 08:03 on, for two hours; then it is put right.
  await passTime(at(4, '08:03'));
  world.now = at(4, '10:03');
  await passTime(at(4, '12:04'));
  world.now = at(4, '10:04');

  // Day 5: at 06:01 the clock is set back by five minutes.
  await passTime(at(5, '06:01'));
  world.now = at(5, '05:56');

  // Day 6: one schedule is paused from 14:02 to 16:40, all agents from 20:02 to 21:31.
  await passTime(at(6, '14:02'));
  await world.scheduler.pause('autonomous-cicd');
  await passTime(at(6, '16:40'));
  await world.scheduler.resume('autonomous-cicd');
  await passTime(at(6, '20:02'));
  await world.pause.pause();
  await passTime(at(6, '21:31'));
  await world.pause.resume();
  await passTime(at(7, '23:59'));
}

test('ticks in exactly the right slots over a week of restarts, jumps and a long run', async () => {
  const world = new ScheduleWorld({
    folder: temporaryFolder(),
    start: '2026-03-02T00:07:00Z',
    definitions,
  });
  onTestFinished(() => world.close());
  const lines: string[] = [];
  setLogSink(({ message }) => lines.push(message));
  onTestFinished(() => setLogSink(writeJsonLine));
  const { passTime, seen } = createTimePassing(world);
  await liveThroughTheWeek(world, passTime);

  expect(await tickedSlots(world, 'autonomous-cicd', 15)).toEqual([
    // A new schedule ticks at once, not only at 00:15.
    ...every15(at(1, '00:00'), at(2, '10:15')),
    // Of the slots that nobody saw, one is caught up.
    ...every15(at(2, '13:15'), at(3, '09:00')),
    ...every15(at(3, '10:00'), at(4, '08:00')),
    ...every15(at(4, '10:00'), at(4, '12:00')),
    // The slots that the wrong clock had shown come again; the present one waits for its successor.
    ...every15(at(4, '10:15'), at(5, '06:00')),
    ...every15(at(5, '06:15'), at(6, '14:00')),
    ...every15(at(6, '16:45'), at(6, '20:00')),
    ...every15(at(6, '21:45'), at(7, '23:45')),
  ]);
  expect(await tickedSlots(world, 'system-health', 5)).toEqual([
    ...every5(at(1, '00:05'), at(2, '10:20')),
    ...every5(at(2, '13:20'), at(3, '09:00')),
    ...every5(at(3, '09:55'), at(4, '08:00')),
    ...every5(at(4, '10:00'), at(4, '12:00')),
    ...every5(at(4, '10:05'), at(5, '06:00')),
    ...every5(at(5, '06:05'), at(7, '23:55')),
  ]);
  expect((await world.scheduler.list()).map(({ skipped }) => skipped)).toEqual([3, 10]);
  expect(lines).toEqual(
    Array.from({ length: 13 }, () => 'Schedule leaves out a tick because a run is going on'),
  );
  expect(seen.restarts).toBeGreaterThan(20);
  expect(seen.deaths).toBeGreaterThan(40);
}, 120_000);
