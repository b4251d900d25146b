import { beforeEach, describe, expect, test } from 'vitest';
import type { BusEvent } from '../../../../lib/domain/event.ts';
import { polledId } from '../../../../lib/domain/reconcile/polled-event.ts';
import { createKnownRequests } from '../../../../lib/flows/dispatch/known-requests.ts';
import { dispatchEvent } from '../../../../lib/flows/dispatch/run.ts';
import { setLogSink } from '../../../../lib/runtime/logging.ts';
import { buildDispatchServices, buildStore } from '../../../builders/dispatch-services.ts';
import { buildIssueEvent } from '../../../builders/events.ts';

beforeEach(() => setLogSink(() => {}));

const at = (second: number, ms = 0) =>
  new Date(Date.UTC(2026, 10, 22, 9, 0, second, ms)).toISOString();

function request(deliveryId: string, updatedAt: string): BusEvent {
  return buildIssueEvent({ updatedAt }, { deliveryId });
}

const byWebhook = request('d-1', at(0));
const byPoll = request(polledId('1'), at(0, 400));

describe('a request that a webhook and the poll tell', () => {
  test.each([
    ['the webhook first', [byWebhook, byPoll]],
    ['the poll first', [byPoll, byWebhook]],
    ['the webhook again after the poll', [byWebhook, byPoll, request('d-2', at(0))]],
    ['the webhook twice after the poll', [byPoll, byWebhook, request('d-2', at(0))]],
  ])('has one run: %s', async (_, events) => {
    const { runs, services } = buildDispatchServices();
    for (const event of events) {
      expect(await dispatchEvent(event, services)).toMatchObject({
        decision: 'run',
        runId: 'run-1',
      });
    }
    expect(runs.requests).toHaveLength(1);
  });

  test('has one run also when both come at the same moment', async () => {
    const { runs, services } = buildDispatchServices();
    await Promise.all([byWebhook, byPoll].map((event) => dispatchEvent(event, services)));
    expect(runs.requests).toHaveLength(1);
  });

  test('has one run also when the first attempt to start it was cut off', async () => {
    const { runs, services } = buildDispatchServices();
    runs.problem = new Error('cut off');
    await expect(dispatchEvent(byWebhook, services)).rejects.toThrow('cut off');
    await expect(dispatchEvent(byPoll, services)).rejects.toThrow('cut off');
    runs.problem = undefined;
    await dispatchEvent(byPoll, services);
    await dispatchEvent(byWebhook, services);
    expect(runs.requests).toHaveLength(1);
  });
});

test('another request a minute later has a run of its own', async () => {
  const { runs, services } = buildDispatchServices();
  await dispatchEvent(byWebhook, services);
  await dispatchEvent(request(polledId('2'), at(60)), services);
  expect(runs.requests).toHaveLength(2);
});

test('a change that asks for nothing is not taken for a request', async () => {
  const { runs, services } = buildDispatchServices();
  const closed = buildIssueEvent({ updatedAt: at(0), closed: true }, { deliveryId: 'd-0' });
  expect(await dispatchEvent(closed, services)).toMatchObject({ decision: 'ignored' });
  await dispatchEvent(byPoll, services);
  expect(runs.requests).toHaveLength(1);
});

const now = () => Date.parse(at(30));
const create = () => createKnownRequests(buildStore(now), now);

describe('isKnown', () => {
  test('is true of what was told in the other way, and then of nothing else', async () => {
    const known = create();
    await known.admit(byWebhook);
    expect(await known.isKnown(byPoll)).toBe(true);
    expect(await known.isKnown(byPoll)).toBe(true);
    expect(await known.isKnown(request(polledId('2'), at(3)))).toBe(false);
  });

  test('remembers nothing that it does not know', async () => {
    const known = create();
    expect(await known.isKnown(byPoll)).toBe(false);
    expect(await known.isKnown(byWebhook)).toBe(false);
  });

  test('is true of no other issue', async () => {
    const known = create();
    await known.admit(byWebhook);
    const other = buildIssueEvent(
      { id: 'another', updatedAt: at(0) },
      { deliveryId: polledId('3') },
    );
    expect(await known.isKnown(other)).toBe(false);
  });
});
