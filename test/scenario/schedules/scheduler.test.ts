import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../../infra/local/engine/engine.ts';
import type { ScheduleDefinition } from '../../../lib/flows/schedules/definitions.ts';
import { createScheduler } from '../../../infra/local/scheduler/scheduler.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { createAgentPause } from '../../../lib/flows/agent-pause.ts';
import type { Runs } from '../../../lib/ports/runs.ts';
import type { Store } from '../../../lib/ports/store.ts';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const schedule = (name: string): ScheduleDefinition => ({
  name,
  flow: name,
  everyMinutes: 5,
  startsAgents: false,
});

interface MachineOptions {
  databaseFile?: string;
  ownRunsOnly?: boolean;
  /** What the flows do. Default: nothing. */
  handler?: () => Promise<void>;
}

/** A real engine and store that know the flows `one` and `two`, at 10:07. */
function machine(options: MachineOptions = {}) {
  const { databaseFile = join(temporaryFolder(), 'cicd.db'), ownRunsOnly = false } = options;
  const { handler = async () => {} } = options;
  const clock = { now: Date.parse('2026-03-02T10:07:00Z') };
  const now = () => clock.now;
  const store = openSqliteStore(':memory:', { now });
  const engine = createEngine({ databaseFile, codeVersion: 'one', now, ownRunsOnly });
  onTestFinished(async () => {
    engine.close();
    await store.close();
  });
  for (const name of ['one', 'two']) {
    engine.register({ name, executionTimeoutSeconds: 60, durable: false, handler });
  }
  engine.resume();
  return { clock, engine, store };
}

function schedulerOn(
  { clock, engine, store }: ReturnType<typeof machine>,
  overrides: { definitions?: ScheduleDefinition[]; store?: Store; runs?: Runs } = {},
) {
  const problems: string[] = [];
  const now = () => clock.now;
  const scheduler = createScheduler({
    definitions: [schedule('one'), schedule('two')],
    store,
    runs: engine,
    pause: createAgentPause(store, now),
    stack: 'test',
    now,
    onProblem: ({ message }) => problems.push(message),
    ...overrides,
  });
  const lastTicks = async () =>
    (await scheduler.list()).map(({ lastTickAt, name }) => [name, lastTickAt?.slice(11, 16)]);
  return { scheduler, problems, lastTicks };
}

test('a flow that cannot be started does not keep the other schedules from ticking', async () => {
  const machinery = machine();
  const { engine, clock } = machinery;
  let diskIsFull = true;
  const names: string[] = [];
  const runs: Runs = {
    ...engine,
    start: async (request) => {
      if (request.flow === 'one') names.push(request.name);
      if (request.flow === 'one' && diskIsFull) throw new Error('The disk is full');
      return engine.start(request);
    },
  };
  const { lastTicks, problems, scheduler } = schedulerOn(machinery, { runs });
  await scheduler.check();
  expect(problems).toEqual(['The disk is full']);
  expect(await lastTicks()).toEqual([
    ['one', undefined],
    ['two', '10:05'],
  ]);

  diskIsFull = false;
  clock.now += 15_000;
  await scheduler.check();
  expect(problems).toHaveLength(1);
  expect(await lastTicks()).toEqual([
    ['one', '10:05'],
    ['two', '10:05'],
  ]);
  expect(new Set(names).size, 'names under which the tick was tried').toBe(1);
  expect(names).toHaveLength(2);
});

test('nothing is started while the store cannot keep that it was', async () => {
  const machinery = machine();
  let diskIsFull = true;
  const refuseWhenFull = () => {
    if (diskIsFull) throw new Error('The disk is full');
  };
  const store: Store = {
    ...machinery.store,
    add: async (item) => {
      refuseWhenFull();
      return machinery.store.add(item);
    },
    put: async (item, ifVersion) => {
      refuseWhenFull();
      return machinery.store.put(item, ifVersion);
    },
  };
  const { lastTicks, problems, scheduler } = schedulerOn(machinery, { store });
  await scheduler.check();
  expect(problems).toEqual(['The disk is full', 'The disk is full']);
  expect((await machinery.engine.list({ limit: 10 })).runs).toEqual([]);

  diskIsFull = false;
  await scheduler.check();
  expect(await lastTicks()).toEqual([
    ['one', '10:05'],
    ['two', '10:05'],
  ]);
});

test('several processes at the same tick come to one run', async () => {
  const machinery = machine();
  const processes = Array.from({ length: 4 }, () => schedulerOn(machinery));
  await Promise.all(processes.map(({ scheduler }) => scheduler.check()));
  expect(processes.flatMap(({ problems }) => problems)).toEqual([]);
  expect((await machinery.engine.list({ limit: 10 })).runs).toHaveLength(2);
});

test('a pause in the middle of a tick is not lost', async () => {
  const machinery = machine();
  const elsewhere = schedulerOn(machinery).scheduler;
  await elsewhere.check();
  machinery.clock.now += 5 * 60_000;
  let paused = false;
  const store: Store = {
    ...machinery.store,
    put: async (item, ifVersion) => {
      if (!paused && item.key === 'one') {
        paused = true;
        await elsewhere.pause('one');
      }
      return machinery.store.put(item, ifVersion);
    },
  };
  const { scheduler } = schedulerOn(machinery, { store });
  await scheduler.check();
  expect(await scheduler.list()).toMatchObject([
    { name: 'one', paused: true, nextTickAt: null },
    { name: 'two', paused: false },
  ]);
});

test('a schedule whose state cannot be read does not tick: it may be paused', async () => {
  const machinery = machine();
  await machinery.store.put({ partition: 'schedule', key: 'one', value: { paused: 'yes' } });
  const { problems, scheduler } = schedulerOn(machinery);
  await scheduler.check();
  expect(problems).toEqual(['What is stored of the schedule one cannot be read.']);
  const { runs } = await machinery.engine.list({ limit: 10 });
  expect(runs.map(({ flow }) => flow)).toEqual(['two']);
});

test('a schedule that the configuration leaves out neither ticks nor shows, and keeps its state', async () => {
  const machinery = machine();
  await schedulerOn(machinery).scheduler.pause('one');
  const without = schedulerOn(machinery, { definitions: [schedule('two')] });
  await without.scheduler.check();
  expect(await without.lastTicks()).toEqual([['two', '10:05']]);
  await expect(without.scheduler.run('one')).rejects.toMatchObject({ reason: 'not-found' });

  const [one] = await schedulerOn(machinery).scheduler.list();
  expect(one).toMatchObject({ name: 'one', paused: true });
});

test('a tick says which schedule it is of and carries no input', async () => {
  const machinery = machine();
  const { scheduler } = schedulerOn(machinery, { definitions: [schedule('one')] });
  await scheduler.check();
  const [view] = await scheduler.list();
  expect(await machinery.engine.get(view?.lastRunId ?? '')).toMatchObject({
    cause: { kind: 'schedule', schedule: 'one' },
    input: {},
  });
});

test('checks asked for at the same time start one run', async () => {
  const machinery = machine();
  const { problems, scheduler } = schedulerOn(machinery, { definitions: [schedule('one')] });
  await Promise.all([scheduler.check(), scheduler.check(), scheduler.check()]);
  expect((await machinery.engine.list({ limit: 10 })).runs).toHaveLength(1);
  expect(problems).toEqual([]);
});

test('a schedule whose state was lost starts new runs instead of finding the old ones', async () => {
  const machinery = machine();
  await schedulerOn(machinery).scheduler.check();
  machinery.clock.now += 5 * 60_000;
  await machinery.store.remove('schedule', 'one');
  const { scheduler } = schedulerOn(machinery);
  await scheduler.check();
  const { runs } = await machinery.engine.list({ flow: 'one', limit: 10 });
  expect(runs).toHaveLength(2);
});

test('a schedule whose state is older than its runs goes on with new ones', async () => {
  setLogSink(() => {});
  onTestFinished(() => setLogSink(writeJsonLine));
  const machinery = machine();
  const { clock, engine, store } = machinery;
  const { lastTicks, problems, scheduler } = schedulerOn(machinery, {
    definitions: [schedule('one')],
  });
  const tick = async () => {
    clock.now += 5 * 60_000;
    await scheduler.check();
    const [view] = await scheduler.list();
    await engine.waitForRun(view?.lastRunId ?? '');
  };
  await tick();
  const older = await store.get('schedule', 'one');
  await tick();
  await tick();
  if (older !== undefined) await store.put(older);
  await tick();
  await tick();

  expect((await engine.list({ flow: 'one', limit: 10 })).runs).toHaveLength(5);
  expect(await lastTicks()).toEqual([['one', '10:30']]);
  expect(problems).toEqual([]);
});

test('ticks by itself once it was started, and no more when it was stopped', async () => {
  const machinery = machine();
  const { lastTicks, scheduler } = schedulerOn(machinery, { definitions: [schedule('one')] });
  scheduler.start();
  await scheduler.stop();
  expect(await lastTicks()).toEqual([['one', '10:05']]);
});

test('its checks show since when it has been awake', async () => {
  const machinery = machine();
  const { clock } = machinery;
  const start = clock.now;
  const { scheduler } = schedulerOn(machinery, { definitions: [] });
  for (const _ of [1, 2, 3]) {
    clock.now += 45_000;
    await scheduler.check();
  }
  clock.now += 45_000;
  expect(scheduler.awakeSince()).toBe(start);
});

const never = () => new Promise<never>(() => {});

test('a run that a host has left behind is in the way, and nobody says that it is going on', async () => {
  const databaseFile = join(temporaryFolder(), 'cicd.db');
  const host = machine({ databaseFile, handler: never });
  const { runId } = await schedulerOn(host).scheduler.run('one');
  host.engine.close();

  const { scheduler } = schedulerOn(machine({ databaseFile, ownRunsOnly: true }));
  await expect(scheduler.run('one')).rejects.toMatchObject({
    reason: 'conflict',
    message:
      `The run ${runId} of one has not ended. ` +
      'If a host has left it behind, npm start goes on with it.',
  });
});
