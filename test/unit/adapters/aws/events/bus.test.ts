import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EntryResult, EventEntry } from '../../../../../lib/adapters/aws/calls/calls.ts';
import { createEventBridgeBus } from '../../../../../lib/adapters/aws/events/bus.ts';
import { maxEventBytes } from '../../../../../lib/domain/event-limits.ts';
import { buildEvent } from '../../../../builders/events.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const eventOf = (deliveryId: string) => buildEvent({ deliveryId });

const kept: EntryResult = { kind: 'kept' };
const failed = (code: string): EntryResult => ({ kind: 'failed', code });

/** The ids of the deliveries in a request. */
function idsIn(entries: readonly EventEntry[]): string[] {
  return entries.map(({ Detail }) => JSON.parse(Detail).deliveryId);
}

/**
 * A bus over a service that answers as told, and what became of publishing an event of each id.
 * @param answer by the delivery's id and the number of the request, from 1 on
 */
async function publishAll(
  ids: readonly string[],
  answer: (id: string, request: number) => EntryResult,
) {
  const requests: string[][] = [];
  const bus = createEventBridgeBus({
    bus: 'deliveries',
    calls: {
      putEvents: async (entries) => {
        requests.push(idsIn(entries));
        return idsIn(entries).map((id) => answer(id, requests.length));
      },
    },
  });
  const publishing = Promise.allSettled(ids.map((id) => bus.publish(eventOf(id))));
  await vi.runAllTimersAsync();
  const outcomes = (await publishing).map((outcome) =>
    outcome.status === 'fulfilled' ? 'kept' : outcome.reason,
  );
  return { outcomes, requests };
}

test('an event goes to its bus in the words that the rule listens for', async () => {
  const seen: EventEntry[] = [];
  const putEvents = async (entries: readonly EventEntry[]) => {
    seen.push(...entries);
    return [kept];
  };
  await createEventBridgeBus({ bus: 'deliveries', calls: { putEvents } }).publish(eventOf('a'));
  expect(seen).toEqual([
    {
      Source: 'autonomous-cicd',
      DetailType: 'delivery',
      Detail: JSON.stringify(eventOf('a')),
      EventBusName: 'deliveries',
    },
  ]);
});

test('what is published at the same time goes ten at a time', async () => {
  const ids = Array.from({ length: 23 }, (_, number) => String(number));
  const { outcomes, requests } = await publishAll(ids, () => kept);
  expect(outcomes).toEqual(ids.map(() => 'kept'));
  expect(requests).toEqual([ids.slice(0, 10), ids.slice(10, 20), ids.slice(20)]);
});

test('ten of the largest events are far below the megabyte of a request', () => {
  expect(10 * (maxEventBytes + 1_000)).toBeLessThan(1_048_576);
});

test('of a request that failed in part only those entries go again that did', async () => {
  const { outcomes, requests } = await publishAll(['a', 'b', 'c'], (id, request) =>
    id !== 'b' && request === 1 ? failed('ThrottlingException') : kept,
  );
  expect(outcomes).toEqual(['kept', 'kept', 'kept']);
  expect(requests).toEqual([
    ['a', 'b', 'c'],
    ['a', 'c'],
  ]);
});

test('after three attempts those events are lost that still failed, and the others are not', async () => {
  const { outcomes, requests } = await publishAll(['a', 'b'], (id) =>
    id === 'a' ? failed('InternalFailure') : kept,
  );
  expect(outcomes).toEqual([
    expect.objectContaining({
      name: 'UpstreamError',
      service: 'events',
      retryable: true,
      message: 'EventBridge has refused an event: InternalFailure.',
    }),
    'kept',
  ]);
  expect(requests).toEqual([['a', 'b'], ['a'], ['a']]);
});

test.each(['MalformedDetail', 'NotAuthorizedForSourceException', 'AccessDeniedException'])(
  'an entry with %s is not sent again',
  async (code) => {
    const { outcomes, requests } = await publishAll(['a', 'b'], (id) =>
      id === 'a' ? failed(code) : kept,
    );
    expect(outcomes).toEqual([expect.objectContaining({ name: 'FinalUpstreamError' }), 'kept']);
    expect(requests).toHaveLength(1);
  },
);

test('where the request as a whole failed, so did every event in it', async () => {
  const { outcomes, requests } = await publishAll(['a', 'b'], () => {
    throw new Error('down');
  });
  expect(outcomes).toEqual([new Error('down'), new Error('down')]);
  expect(requests).toHaveLength(1);
});

test('an event of which nothing was told is not taken for kept', async () => {
  const bus = createEventBridgeBus({ bus: 'deliveries', calls: { putEvents: async () => [] } });
  await expect(bus.publish(eventOf('a'))).rejects.toMatchObject({ name: 'FinalUpstreamError' });
});
