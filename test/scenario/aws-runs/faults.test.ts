import { expect, test, vi } from 'vitest';
import { createLambdaClient, createLogsClient } from '../../../lib/adapters/aws/durable/clients.ts';
import { createAwsRuns, type AwsRuns } from '../../../lib/adapters/aws/durable/runs.ts';
import { startAwsRuns, type AwsRunsWorld } from '../../support/runs/aws-runs.ts';

const request = { flow: 'echo', name: 'a', input: {}, cause: { kind: 'cli' } } as const;

/** The clients that the system uses, but for how long they wait for an answer. */
function openRuns(world: AwsRunsWorld, flows = world.flows): AwsRuns {
  const { endpoint, region, credentials } = world.server.clientSettings;
  const requestHandler = { requestTimeout: 150, throwOnRequestTimeout: true };
  const settings = { endpoint, region, credentials, requestHandler };
  const lambda = createLambdaClient(settings);
  const logs = createLogsClient(settings);
  return createAwsRuns({ lambda, logs, store: world.store, flows });
}

const startEcho = async () => startAwsRuns({ echo: async (input) => input });

test.each(['throttle', 'error500', 'hang', 'reset', 'cut'] as const)(
  'a start goes on after: %s',
  async (act) => {
    const world = await startEcho();
    const runs = openRuns(world);
    world.server.script({ service: 'lambda', operation: 'Invoke', times: 2, act });
    const { runId } = await runs.start(request);
    expect(await runs.start(request)).toEqual({ runId, created: false });
    expect(await runs.getSummary(runId)).toMatchObject({ name: 'a' });
  },
);

test('what a service refuses again and again may go well another time', async () => {
  const world = await startEcho();
  const runs = openRuns(world);
  world.server.script({ service: 'lambda', act: 'error500', times: 5 });
  await expect(runs.start(request)).rejects.toMatchObject({
    name: 'UpstreamError',
    service: 'lambda',
    retryable: true,
  });
  const { created, runId } = await runs.start(request);
  expect(created).toBe(true);
  world.server.script({ service: 'lambda', act: 'throttle', times: 1 });
  expect(await runs.get(runId)).toMatchObject({ id: runId });
});

test('a missing right is told with what to do, and is not tried again', async () => {
  const world = await startEcho();
  const credentials = world.server.issue({
    arn: 'arn:aws:iam::123456789012:role/r',
    statements: [],
  });
  const lambda = createLambdaClient(world.server.settingsOf(credentials));
  const logs = createLogsClient(world.server.settingsOf(credentials));
  const runs = createAwsRuns({ lambda, logs, store: world.store, flows: world.flows });
  await expect(runs.start(request)).rejects.toMatchObject({
    name: 'FinalUpstreamError',
    retryable: false,
    message: expect.stringContaining('deploy the stack again'),
  });
});

test('a function that is gone is told by what was to be done', async () => {
  const world = await startEcho();
  const runs = openRuns(world, {
    echo: 'arn:aws:lambda:eu-west-1:123456789012:function:gone:live',
  });
  await expect(runs.start(request)).rejects.toMatchObject({
    retryable: false,
    message: expect.stringMatching(/^Starting the run a failed: ResourceNotFoundException/),
  });
});

test('a function that is not durable, as in a region without them, starts nothing', async () => {
  const world = await startEcho();
  world.server.addFunction({
    name: 'plain',
    invoke: async () => ({ status: 'ok', payload: null }),
  });
  const echo = 'arn:aws:lambda:eu-west-1:123456789012:function:plain:live';
  await expect(openRuns(world, { echo }).start(request)).rejects.toMatchObject({
    retryable: false,
    message: expect.stringContaining('in a region that has durable functions'),
  });
});

test('nothing of the system is lost while the service cannot be asked', async () => {
  const world = await startEcho();
  const runs = openRuns(world);
  const { runId } = await runs.start(request);
  await vi.waitUntil(async () => (await runs.get(runId))?.endedAt, { timeout: 5_000 });
  world.server.script({ service: 'lambda', act: 'error500', times: 10 });
  await expect(runs.get(runId)).rejects.toMatchObject({ retryable: true });
  expect((await runs.list({ limit: 1 })).runs).toMatchObject([{ id: runId, state: 'succeeded' }]);
});
