import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ListDurableExecutionsByFunctionCommand } from '@aws-sdk/client-lambda';
import * as fc from 'fast-check';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createAwsRuns } from '../../../lib/adapters/aws/durable/runs.ts';
import { recordStatusChange } from '../../../lib/adapters/aws/durable/status-changes.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import type { Store } from '../../../lib/ports/store.ts';
import { startAwsRuns, type AwsRunsWorld } from '../../support/runs/aws-runs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { gate } from '../engine/engine-fixture.ts';
import { dyingStore } from './dying-store.ts';

const request = {
  flow: 'report',
  name: 'tick-1',
  input: { component: 'lib' },
  cause: { kind: 'schedule', schedule: 'report' },
} as const;

const reporting = { report: async () => ({ report: 'reports/1' }) };

function emptyStore() {
  const store = openSqliteStore(join(temporaryFolder(), 'empty.db'));
  onTestFinished(async () => store.close());
  return store;
}

/** Executions that were started, however often. */
async function listExecutions({ lambda }: AwsRunsWorld): Promise<unknown[]> {
  const command = new ListDurableExecutionsByFunctionCommand({ FunctionName: 'report' });
  return (await lambda.send(command)).DurableExecutions ?? [];
}

test.each([0, 1, 2, 3, 4])('a start that dies at write %i is gone on with', async (death) => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  const { flows, lambda, runs, store } = world;
  const logs = new CloudWatchLogsClient(world.server.clientSettings);
  const dying = createAwsRuns({ lambda, logs, flows, store: dyingStore(store, death) });
  await expect(dying.start(request)).rejects.toThrow('The process has died');

  const { runId } = await runs.start(request);
  expect(await runs.start(request)).toEqual({ runId, created: false });
  expect(await listExecutions(world)).toHaveLength(1);
  for (const query of [{}, { flow: 'report' }, { select: 'without-routine' as const }]) {
    expect((await runs.list({ ...query, limit: 10 })).runs).toMatchObject([{ id: runId }]);
  }
  expect(await runs.findByName('tick-1')).toMatchObject({ id: runId, cause: request.cause });
});

/** What the same cause asks for after a change of the configuration. */
const changed = { ...request, input: { component: 'src' } };

test('a start that has failed does not keep the name from another input', async () => {
  const world = await startAwsRuns(reporting);
  world.server.script({ service: 'lambda', operation: 'Invoke', act: 'error500' });
  await expect(world.runs.start(request)).rejects.toThrow('Starting the run tick-1');
  expect(await world.runs.findByName('tick-1')).toBeUndefined();

  const { created, runId } = await world.runs.start(changed);
  expect(created).toBe(true);
  expect(await world.runs.get(runId)).toMatchObject({ input: changed.input });
  expect(await world.runs.start(changed)).toEqual({ runId, created: false });
  await expect(world.runs.start(request)).rejects.toThrow('exists already');
});

test('of a start that has died the run counts, whatever input comes after it', async () => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  const { flows, lambda, runs, store } = world;
  const logs = new CloudWatchLogsClient(world.server.clientSettings);
  const dying = createAwsRuns({ lambda, logs, flows, store: dyingStore(store, 1) });
  await expect(dying.start(request)).rejects.toThrow('The process has died');

  const { created, runId } = await runs.start(changed);
  expect(created).toBe(false);
  expect(await listExecutions(world)).toHaveLength(1);
  expect(await runs.findByName('tick-1')).toMatchObject({ id: runId, cause: request.cause });
  expect(await runs.get(runId)).toMatchObject({ input: request.input });
  expect(await runs.start(request)).toEqual({ runId, created: false });
});

test('news frees a name whose claim was replaced by a start that has died as well', async () => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  const news = await newsOfRun(world);
  const { flows, lambda } = world;
  const store = emptyStore();
  const logs = new CloudWatchLogsClient(world.server.clientSettings);
  const runs = createAwsRuns({ lambda, logs, store, flows });
  await expect(runs.start(changed)).rejects.toThrow('exists already');

  await recordStatusChange(news[1], { flows, lambda, store });
  const run = await runs.findByName('tick-1');
  expect(run).toMatchObject({ state: 'succeeded', subject: 'lib' });
  expect(await runs.start(request)).toEqual({ runId: run?.id, created: false });
});

/** The news of a run that has ended, as EventBridge has told it. */
async function newsOfRun(world: AwsRunsWorld): Promise<unknown[]> {
  await world.runs.start(request);
  return vi.waitUntil(
    () => {
      const news = world.server.events.events();
      return news.length === 2 ? [...news] : undefined;
    },
    { timeout: 5_000, interval: 10 },
  );
}

test('late, repeated, crossing and cut off, news of a run comes to the same records', async () => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  const news = await newsOfRun(world);
  const { flows, lambda } = world;

  // Each piece of news, in any order and number, dies at some write and is told again, as Lambda does.
  const telling = fc.record({ piece: fc.constantFrom(0, 1), deathAt: fc.nat(12) });
  const tellings = fc.array(telling, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(tellings, fc.boolean(), async (told, atOnce) => {
      const store = emptyStore();
      const tell = async ({ deathAt, piece }: { deathAt: number; piece: number }) => {
        const dying = dyingStore(store, deathAt);
        await recordStatusChange(news[piece], { flows, lambda, store: dying }).catch(() =>
          recordStatusChange(news[piece], { flows, lambda, store }),
        );
      };
      const all = [...told, { piece: 1, deathAt: 99 }];
      if (atOnce) await Promise.all(all.map(tell));
      else for (const one of all) await tell(one);

      const logs = new CloudWatchLogsClient(world.server.clientSettings);
      const runs = createAwsRuns({ lambda, logs, flows, store });
      const ended = { name: 'tick-1', state: 'succeeded', hasReport: true, subject: 'lib' };
      expect((await runs.list({ limit: 10 })).runs).toMatchObject([ended]);
      expect((await runs.list({ flow: 'report', limit: 10 })).runs).toMatchObject([ended]);
      expect((await runs.list({ state: 'running', limit: 10 })).runs).toEqual([]);
      expect(await runs.findByName('tick-1')).toMatchObject(ended);
    }),
    { numRuns: 15 },
  );
});

test('news that is overtaken while it is written down changes nothing that came later', async () => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  const [running, succeeded] = await newsOfRun(world);
  const { flows, lambda } = world;
  const store = emptyStore();
  const logs = new CloudWatchLogsClient(world.server.clientSettings);
  const runs = createAwsRuns({ lambda, logs, store, flows });
  await runs.start(request);
  const overtaken = gate();
  let writes = 0;
  const slow: Store = {
    ...store,
    put: async (item, ifVersion) => {
      if (item.partition !== 'runs') {
        writes += 1;
        await overtaken.passed;
      }
      return store.put(item, ifVersion);
    },
  };
  const telling = recordStatusChange(running, { flows, lambda, store: slow });
  await vi.waitUntil(() => writes > 0);
  await recordStatusChange(succeeded, { flows, lambda, store });
  overtaken.open();
  await telling;

  for (const query of [{}, { flow: 'report' }]) {
    expect((await runs.list({ ...query, limit: 10 })).runs).toMatchObject([{ state: 'succeeded' }]);
  }
  expect((await runs.list({ select: 'without-routine', limit: 10 })).runs).toEqual([]);
});
