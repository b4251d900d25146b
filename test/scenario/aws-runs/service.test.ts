import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, test, vi } from 'vitest';
import { createAwsRuns } from '../../../lib/adapters/aws/durable/runs.ts';
import { createLambdaClient, createLogsClient } from '../../../lib/adapters/aws/durable/clients.ts';
import { runRecordSchema } from '../../../lib/adapters/aws/durable/run-record.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import { recordStatusChange } from '../../../lib/adapters/aws/durable/status-changes.ts';
import { startAwsRuns, type AwsRunsWorld } from '../../support/runs/aws-runs.ts';

const cli = { kind: 'cli' } as const;
const reporting = { report: async () => ({ report: 'reports/1' }) };
const unknownArn =
  'arn:aws:lambda:eu-west-1:123456789012:function:report:1/durable-execution/a/gone';
const request = { flow: 'report', name: 'a', input: {}, cause: cli };

/** Runs by the clients that the system uses, over the same store. */
function byOwnClients({ flows, server, store }: AwsRunsWorld, now?: () => number) {
  const { endpoint, region, credentials } = server.clientSettings;
  const settings = { endpoint, region, credentials };
  const lambda = createLambdaClient(settings);
  const logs = createLogsClient(settings);
  return createAwsRuns({ lambda, logs, store, flows, ...(now && { now }) });
}

async function ended({ runs }: AwsRunsWorld, runId: string) {
  await vi.waitUntil(async () => (await runs.get(runId))?.endedAt, { timeout: 5_000 });
}

test('a lost end is noticed when somebody looks', async () => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  const { runs, server } = world;
  const { runId } = await runs.start(request);
  await vi.waitUntil(() => server.events.events().length === 2, { timeout: 5_000 });
  expect((await runs.list({ state: 'pending', limit: 1 })).runs).toHaveLength(1);

  expect(await runs.get(runId)).toMatchObject({ state: 'succeeded', hasReport: true });
  expect((await runs.list({ state: 'pending', limit: 1 })).runs).toEqual([]);
  expect((await runs.list({ state: 'succeeded', limit: 1 })).runs).toHaveLength(1);
});

async function forbidden(): Promise<never> {
  throw new UpstreamError('Not allowed', { service: 'dynamodb', retryable: false });
}

test('who may not write sees a run whose end was lost as it is', async () => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  const { runId } = await world.runs.start(request);
  await vi.waitUntil(() => world.server.events.events().length === 2, { timeout: 5_000 });
  const reader = byOwnClients({ ...world, store: { ...world.store, put: forbidden } });

  expect(await reader.get(runId)).toMatchObject({ state: 'succeeded', hasReport: true });
  expect((await world.runs.list({ state: 'pending', limit: 1 })).runs).toHaveLength(1);
});

async function mistaken(): Promise<never> {
  throw new TypeError('no such thing');
}

test('a mistake in the program is not taken for a record that may not be written', async () => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  const { runId } = await world.runs.start(request);
  await vi.waitUntil(() => world.server.events.events().length === 2, { timeout: 5_000 });
  const reader = byOwnClients({ ...world, store: { ...world.store, put: mistaken } });
  await expect(reader.get(runId)).rejects.toThrow('no such thing');
});

test('a run that Lambda has never known does not stay open', async () => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  const { runId } = await world.runs.start(request);
  const record = await world.store.get('runs', runId);
  const value = { ...runRecordSchema.parse(record?.value), arn: unknownArn };
  await world.store.put({ partition: 'runs', key: runId, ...record, value });

  expect(await world.runs.get(runId)).toMatchObject({ state: 'pending', tasks: [] });
  // Lambda may keep a start for so long.
  const sixHours = byOwnClients(world, () => Date.now() + 6 * 3_600_000);
  expect(await sixHours.get(runId)).toMatchObject({ state: 'pending' });
  const later = byOwnClients(world, () => Date.now() + 8 * 3_600_000);
  expect(await later.get(runId)).toMatchObject({ state: 'failed', errorType: 'Lost' });
});

test('a run that somebody has invoked by hand is recorded with what Lambda knows', async () => {
  const { lambda, runs } = await startAwsRuns(reporting);
  await lambda.send(
    new InvokeCommand({
      FunctionName: 'report:live',
      InvocationType: 'Event',
      DurableExecutionName: 'by-hand',
      Payload: Buffer.from('{"component":"lib"}'),
    }),
  );
  const run = await vi.waitUntil(async () => runs.findByName('by-hand'), { timeout: 5_000 });
  expect(run).toMatchObject({ flow: 'report', subject: 'lib', cause: cli });
  const again = { flow: 'report', name: 'by-hand', input: { component: 'lib' }, cause: cli };
  expect(await runs.start(again)).toEqual({ runId: run?.id, created: false });
  await expect(runs.start({ ...again, input: {} })).rejects.toMatchObject({ reason: 'conflict' });
});

test('a name that Lambda knows by another input is refused', async () => {
  const world = await startAwsRuns(reporting);
  world.tellsNews = false;
  await world.lambda.send(
    new InvokeCommand({
      FunctionName: 'report:live',
      InvocationType: 'Event',
      DurableExecutionName: 'a',
      Payload: Buffer.from('{"other":true}'),
    }),
  );
  await expect(world.runs.start(request)).rejects.toMatchObject({ reason: 'conflict' });
});

test('news of a function that is no flow of the stack is ignored', async () => {
  const world = await startAwsRuns(reporting);
  const detail = {
    durableExecutionArn:
      'arn:aws:lambda:eu-west-1:123456789012:function:theirs:1/durable-execution/n/r',
    durableExecutionName: 'n',
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:theirs:1',
    status: 'RUNNING',
    startTimestamp: '2026-01-01T00:00:00Z',
  };
  expect(await recordStatusChange({ detail }, world)).toMatchObject({ kind: 'ignored' });
  await expect(recordStatusChange({ detail: {} }, world)).rejects.toThrow('durableExecutionArn');
  expect((await world.runs.list({ limit: 10 })).runs).toEqual([]);
});

test('lists ask nothing of Lambda', async () => {
  const world = await startAwsRuns(reporting);
  const { runId } = await world.runs.start(request);
  await ended(world, runId);
  const before = world.server.calls.length;
  await world.runs.list({ limit: 10 });
  await world.runs.list({ limit: 10, select: 'without-routine' });
  await world.runs.getSummary(runId);
  await world.runs.findByName('a');
  await world.runs.findRuns(runId.slice(0, 6));
  expect(world.server.calls.length).toBe(before);
});

test('finds runs by the beginning of their ids', async () => {
  const { runs } = await startAwsRuns(reporting);
  const { runId } = await runs.start(request);
  expect(await runs.findRuns(runId.slice(0, 6))).toMatchObject([{ id: runId }]);
  expect(await runs.findRuns('zzzz')).toEqual([]);
  expect(await runs.findRuns('no id')).toEqual([]);
});
