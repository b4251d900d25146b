import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { minute, ScheduleWorld, type Death } from './schedule-world.ts';

const name = 'autonomous-cicd';

/** A world whose process has died in the tick of 10:00, at 10:07. */
async function worldAfter(death: Death): Promise<ScheduleWorld> {
  const world = new ScheduleWorld({
    folder: temporaryFolder(),
    start: '2026-03-02T10:07:00Z',
    definitions: [{ name, flow: name, everyMinutes: 15, startsAgents: true }],
  });
  onTestFinished(() => world.close());
  world.runsAreLong = true;
  world.death = death;
  expect(await world.check()).toEqual({ died: true });
  return world;
}

async function viewOf(world: ScheduleWorld) {
  const [view] = await world.scheduler.list();
  return view;
}

beforeEach(() => {
  setLogSink(() => {});
  return () => setLogSink(writeJsonLine);
});

test('the run that a dead process has started is known again, and does not count as in the way', async () => {
  const world = await worldAfter('after the run was started');
  await world.check();
  const [run] = await world.listRuns(name);
  expect(await viewOf(world)).toMatchObject({ lastRunId: run?.id, skipped: 0 });
  expect(await world.listRuns(name)).toHaveLength(1);
});

test('it is known again while the schedule is paused, too', async () => {
  const world = await worldAfter('after the run was started');
  await world.scheduler.pause(name);
  await world.check();
  const [run] = await world.listRuns(name);
  expect(await viewOf(world)).toMatchObject({
    lastTickAt: '2026-03-02T10:00:00.000Z',
    lastRunId: run?.id,
  });
});

test('a tick that a dead process has decided on is made up for, however late, by one run', async () => {
  const world = await worldAfter('before the run is started');
  world.now += 180 * minute;
  await world.check();
  await world.endRuns();
  await world.check();
  expect(await world.listRuns(name)).toHaveLength(1);
  expect(await viewOf(world)).toMatchObject({
    lastTickAt: '2026-03-02T10:00:00.000Z',
    nextTickAt: '2026-03-02T13:15:00.000Z',
    skipped: 0,
  });
});

test('it is not made up for while a run that a person has started goes on', async () => {
  const world = await worldAfter('before the run is started');
  await world.scheduler.run(name);
  await world.settleRuns();
  await world.check();
  expect(await world.listRuns(name)).toHaveLength(1);
  expect(await viewOf(world)).toMatchObject({ lastTickAt: null, skipped: 1 });
});
