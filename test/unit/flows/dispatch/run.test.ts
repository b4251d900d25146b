import { beforeEach, expect, test } from 'vitest';
import { RequestRejectedError } from '../../../../lib/domain/errors.ts';
import { analysisInputSchema } from '../../../../lib/flows/component-analysis/input.ts';
import { previewReplay, replayDelivery } from '../../../../lib/flows/dispatch/replay.ts';
import { dispatchEvent } from '../../../../lib/flows/dispatch/run.ts';
import type { Runs } from '../../../../lib/ports/runs.ts';
import { setLogSink, type LogRecord } from '../../../../lib/runtime/logging.ts';
import { buildDispatchServices, type StartedRuns } from '../../../builders/dispatch-services.ts';
import {
  buildComponent,
  buildDispatchContext,
  buildEvent,
  buildPush,
} from '../../../builders/events.ts';

const push = buildPush({ changedPaths: ['orders/a', 'web/b'] });

beforeEach(() => setLogSink(() => {}));

function collectLog(level: LogRecord['level']): LogRecord[] {
  const lines: LogRecord[] = [];
  setLogSink((line) => {
    if (line.level === level) lines.push(line);
  });
  return lines;
}

test('starts what the rules say, and keeps that with the delivery', async () => {
  const { runs, services } = buildDispatchServices();
  await services.deliveries.add(push);

  const delivery = await dispatchEvent(push, services);

  expect(delivery).toMatchObject({
    id: push.deliveryId,
    decision: 'run',
    runId: 'run-1',
    runIds: ['run-1', 'run-2'],
  });
  expect(runs.requests).toMatchObject([
    {
      flow: 'component-analysis',
      input: { component: 'orders' },
      cause: { kind: 'delivery', deliveryId: push.deliveryId },
    },
    { flow: 'component-analysis', input: { component: 'web' } },
  ]);
  expect(await services.deliveries.find(push.deliveryId)).toEqual(delivery);
});

test('the input of a run is one that the flow takes', async () => {
  const { runs, services } = buildDispatchServices();
  await dispatchEvent(push, services);
  for (const { input } of runs.requests) {
    expect(analysisInputSchema.parse(input)).toEqual(input);
  }
});

test('keeps the reason with a delivery that starts nothing', async () => {
  const { runs, services } = buildDispatchServices();
  expect(await dispatchEvent(buildEvent(), services)).toMatchObject({
    decision: 'ignored',
    reason: 'nothing listens to issue_comment.created',
  });
  expect(runs.requests).toEqual([]);
});

test('decides a delivery once, also when the configuration has changed since', async () => {
  const { runs, services } = buildDispatchServices();
  const first = await dispatchEvent(push, services);
  const changed = { ...services, context: buildDispatchContext({ components: [] }) };
  expect(await dispatchEvent(push, changed)).toEqual(first);
  expect(runs.requests).toHaveLength(2);
});

test('other deliveries of the same cause are told of the same runs', async () => {
  const { runs, services } = buildDispatchServices();
  const [first, second, third] = await Promise.all(
    ['d-1', 'd-2', 'd-2'].map(async (deliveryId) =>
      dispatchEvent({ ...push, deliveryId }, services),
    ),
  );
  expect(second?.runIds).toEqual(first?.runIds);
  expect(third).toEqual(second);
  expect(runs.requests).toHaveLength(2);
});

test('a cause keeps its run when the configuration of the component changes in between', async () => {
  const { runs, services } = buildDispatchServices({ components: [buildComponent('orders')] });
  await dispatchEvent({ ...push, deliveryId: 'd-1' }, services);
  const components = [buildComponent('orders', { paths: ['orders/**', 'shared/**'] })];
  const changed = { ...services, context: buildDispatchContext({ components }) };

  const delivery = await dispatchEvent({ ...push, deliveryId: 'd-2' }, changed);

  expect(delivery).toMatchObject({ decision: 'run', runId: 'run-1' });
  expect(runs.requests).toHaveLength(1);
});

test('a run that cannot be started leaves the delivery waiting, with the reason', async () => {
  const { runs, services } = buildDispatchServices();
  runs.problem = new Error('the disk is full');
  await expect(dispatchEvent(push, services)).rejects.toThrow('the disk is full');
  expect(await services.deliveries.find(push.deliveryId)).toMatchObject({
    decision: 'pending',
    reason: 'Could not be dispatched: the disk is full',
    attempts: 1,
  });

  runs.problem = undefined;
  expect(await dispatchEvent(push, services)).toMatchObject({ decision: 'run', attempts: 2 });
});

test('is not tried for ever, and that it failed is logged once', async () => {
  const { runs, services } = buildDispatchServices();
  const failures = collectLog('error');
  runs.problem = new Error('no');
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await expect(dispatchEvent(push, services)).rejects.toThrow('no');
  }
  expect(await dispatchEvent(push, services)).toMatchObject({ decision: 'failed', attempts: 10 });
  expect(failures).toMatchObject([
    { message: 'Delivery has failed', fields: { deliveryId: push.deliveryId, attempts: 10 } },
  ]);
});

test('a run that is refused is not tried again: the delivery fails with the reason', async () => {
  const { runs, services } = buildDispatchServices();
  const failures = collectLog('error');
  runs.problem = new RequestRejectedError('not-found', 'There is no flow "component-analysis"');
  await expect(dispatchEvent(push, services)).rejects.toThrow('There is no flow');
  const reason = 'Could not be dispatched: There is no flow "component-analysis"';
  expect(await services.deliveries.find(push.deliveryId)).toMatchObject({
    decision: 'failed',
    attempts: 1,
    reason,
  });
  expect(failures).toMatchObject([{ fields: { deliveryId: push.deliveryId, reason } }]);
});

/** What starts runs, but throws `problem` instead of one for the first component. */
function failingForOrders(runs: StartedRuns, problem: Error): Pick<Runs, 'start' | 'findByName'> {
  return {
    findByName: async (name) => runs.findByName(name),
    start: async (request) => {
      if (analysisInputSchema.parse(request.input).component === 'orders') throw problem;
      return runs.start(request);
    },
  };
}

test('a run that is refused keeps no other from starting, nor from being kept', async () => {
  const { runs, services } = buildDispatchServices();
  const refusal = new RequestRejectedError('invalid', 'The input is too large');
  const partly = { ...services, runs: failingForOrders(runs, refusal) };

  await expect(dispatchEvent(push, partly)).rejects.toBe(refusal);

  expect(runs.requests).toMatchObject([{ input: { component: 'web' } }]);
  expect(await services.deliveries.find(push.deliveryId)).toMatchObject({
    decision: 'run',
    reason: expect.stringMatching(/ was pushed .*; not every run was started: The input is too/),
    runId: 'run-1',
    attempts: 1,
  });
});

test('a run that fails to start keeps no other from starting; the delivery waits', async () => {
  const { runs, services } = buildDispatchServices();
  const problem = new Error('the disk is full');
  const partly = { ...services, runs: failingForOrders(runs, problem) };

  await expect(dispatchEvent(push, partly)).rejects.toBe(problem);
  expect(runs.requests).toMatchObject([{ input: { component: 'web' } }]);
  expect(await services.deliveries.find(push.deliveryId)).toMatchObject({ decision: 'pending' });

  const delivery = await dispatchEvent(push, services);
  expect(delivery).toMatchObject({ decision: 'run', runIds: ['run-2', 'run-1'], attempts: 2 });
});

function failToHash(): never {
  throw new TypeError('no hash');
}

async function failToWrite(): Promise<never> {
  throw new Error('the disk is full');
}

test('counts the attempts at an event that the rules fail at', async () => {
  const { services } = buildDispatchServices();
  const broken = { ...services.context, hash: failToHash };
  await expect(dispatchEvent(push, { ...services, context: broken })).rejects.toThrow('no hash');
  expect(await services.deliveries.find(push.deliveryId)).toMatchObject({
    decision: 'pending',
    attempts: 1,
  });
});

test('says what failed, also where no run was to be started', async () => {
  const { runs, services } = buildDispatchServices();
  const pause = { get: async () => Promise.reject(new Error('the pause cannot be read')) };
  await expect(dispatchEvent(push, { ...services, pause })).rejects.toThrow('cannot be read');
  expect(await services.deliveries.find(push.deliveryId)).toMatchObject({
    reason: 'Could not be dispatched: the pause cannot be read',
  });
  expect(runs.requests).toEqual([]);
});

test('tells what failed first when the attempt cannot be counted either', async () => {
  const { runs, services } = buildDispatchServices();
  const lines = collectLog('error');
  runs.problem = new Error('no run today');
  const deliveries = { ...services.deliveries, countAttempt: failToWrite };

  const dispatching = dispatchEvent(push, { ...services, deliveries });

  await expect(dispatching).rejects.toThrow('no run today');
  expect(lines).toMatchObject([
    { message: 'A failed attempt could not be counted', fields: { deliveryId: push.deliveryId } },
  ]);
});

test('starts nothing while it is paused, and says how it goes on', async () => {
  const { pausedSince, runs, services } = buildDispatchServices();
  pausedSince.value = '2026-11-22T09:00:00.000Z';
  expect(await dispatchEvent(push, services)).toMatchObject({
    decision: 'pending',
    reason: 'Paused since 2026-11-22T09:00:00.000Z; goes on after cicd resume',
    attempts: 0,
  });
  expect(await dispatchEvent(buildEvent({ deliveryId: 'x' }), services)).toMatchObject({
    decision: 'ignored',
  });
  expect(runs.requests).toEqual([]);

  pausedSince.value = null;
  expect(await dispatchEvent(push, services)).toMatchObject({ decision: 'run' });
});

test('one line of the log says what became of a delivery, however often it is dispatched', async () => {
  const { pausedSince, services } = buildDispatchServices();
  const lines = collectLog('info');
  await dispatchEvent(push, services);
  await dispatchEvent(push, services);
  await dispatchEvent(buildEvent({ deliveryId: 'x' }), services);
  pausedSince.value = '2026-11-22T09:00:00.000Z';
  await dispatchEvent({ ...push, deliveryId: 'y' }, services);
  await dispatchEvent({ ...push, deliveryId: 'y' }, services);

  expect(lines.map(({ fields, message }) => [message, fields])).toEqual([
    [
      'Delivery decided',
      {
        deliveryId: push.deliveryId,
        type: 'push',
        decision: 'run',
        runIds: ['run-1', 'run-2'],
        reason: 'aaaaaaa was pushed to main of acme/shop',
      },
    ],
    [
      'Delivery decided',
      {
        deliveryId: 'x',
        type: 'issue_comment.created',
        decision: 'ignored',
        reason: 'nothing listens to issue_comment.created',
      },
    ],
    [
      'Delivery held back',
      {
        deliveryId: 'y',
        type: 'push',
        decision: 'pending',
        reason: expect.stringContaining('Paused since'),
      },
    ],
  ]);
});

test('a replay decides anew under the present configuration', async () => {
  const { runs, services } = buildDispatchServices({ components: [] });
  const ignored = await dispatchEvent(push, services);
  expect(ignored.decision).toBe('ignored');
  const configured = { ...services, context: buildDispatchContext() };

  const preview = await previewReplay(ignored, configured);
  expect(preview.decisions.map(({ kind }) => kind)).toEqual(['run', 'run']);
  expect(preview.runs).toEqual([]);
  expect(await services.deliveries.find(push.deliveryId)).toEqual(ignored);
  expect(runs.requests).toEqual([]);

  const replayed = await replayDelivery(ignored, configured);
  expect(replayed.runs).toEqual([
    { runId: 'run-1', created: true },
    { runId: 'run-2', created: true },
  ]);
  expect(await services.deliveries.find(push.deliveryId)).toMatchObject({
    decision: 'run',
    runIds: ['run-1', 'run-2'],
  });
});

test('a replay of what runs already starts nothing twice', async () => {
  const { runs, services } = buildDispatchServices();
  const delivery = await dispatchEvent(push, services);
  const { runs: found } = await replayDelivery(delivery, services);
  expect(found).toEqual([
    { runId: 'run-1', created: false },
    { runId: 'run-2', created: false },
  ]);
  expect(runs.requests).toHaveLength(2);
});

test('a replay waits while it is paused, and forgets no run before', async () => {
  const { pausedSince, services } = buildDispatchServices();
  const delivery = await dispatchEvent(push, services);
  pausedSince.value = '2026-11-22T09:00:00.000Z';
  expect((await replayDelivery(delivery, services)).runs).toEqual([]);
  const waiting = { decision: 'pending', runId: 'run-1', runIds: ['run-1', 'run-2'] };
  expect(await services.deliveries.find(delivery.id)).toMatchObject(waiting);
});

test('a replay whose runs cannot be started forgets no run before', async () => {
  const { runs, services } = buildDispatchServices();
  const delivery = await dispatchEvent(push, services);
  runs.problem = new Error('the disk is full');
  await expect(replayDelivery(delivery, services)).rejects.toThrow('full');
  const waiting = { decision: 'pending', runIds: ['run-1', 'run-2'] };
  expect(await services.deliveries.find(delivery.id)).toMatchObject(waiting);
});

test('a replay that decides otherwise takes the runs of the decision before away', async () => {
  const { services } = buildDispatchServices();
  const delivery = await dispatchEvent(push, services);
  const unwanted = { ...services, context: buildDispatchContext({ components: [] }) };
  await replayDelivery(delivery, unwanted);
  const decided = await services.deliveries.find(delivery.id);
  expect(decided?.decision).toBe('ignored');
  expect(decided).not.toHaveProperty('runId');
  expect(decided).not.toHaveProperty('runIds');
});
