import { expect, test, vi } from 'vitest';
import { createLocalBus } from '../../../infra/local/local-bus.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import type { BusEvent } from '../../../lib/domain/event.ts';
import { createDeliveryRecords } from '../../../lib/flows/dispatch/delivery-records.ts';
import { buildStore } from '../../builders/dispatch-services.ts';
import { buildEvent } from '../../builders/events.ts';

function eventNumber(number: number): BusEvent {
  const receivedAt = new Date(Date.UTC(2026, 10, 22) + number).toISOString();
  return buildEvent({ deliveryId: `d-${number}`, receivedAt });
}

const refOf = ({ deliveryId, source }: BusEvent) => ({ id: deliveryId, source });

/** A bus whose dispatches are noted, and end at once unless they are held. */
function createFixture() {
  const deliveries = createDeliveryRecords(buildStore(), Date.now);
  const begun: string[] = [];
  const problems: unknown[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  let active = 0;
  let mostActive = 0;

  const dispatch = async (event: BusEvent): Promise<void> => {
    begun.push(event.deliveryId);
    active += 1;
    mostActive = Math.max(mostActive, active);
    try {
      await held.get(event.deliveryId)?.promise;
      await deliveries.saveDecision(refOf(event), { decision: 'ignored', reason: 'test' });
    } finally {
      active -= 1;
    }
  };
  return {
    bus: createLocalBus({
      deliveries,
      dispatch,
      onProblem: (problem, delivery) => problems.push([problem, delivery]),
    }),
    begun,
    deliveries,
    hold: (event: BusEvent): PromiseWithResolvers<void> => {
      const gate = Promise.withResolvers<void>();
      held.set(event.deliveryId, gate);
      return gate;
    },
    mostActive: () => mostActive,
    problems,
  };
}

test('an event is kept before publishing resolves, and dispatched only after that', async () => {
  const { begun, bus, deliveries } = createFixture();
  await bus.publish(eventNumber(1));
  expect(begun).toEqual([]);
  expect(await deliveries.get(refOf(eventNumber(1)))).toMatchObject({ decision: 'pending' });
  await vi.waitFor(() => expect(begun).toEqual(['d-1']));
});

test('events are dispatched in their order, a few at a time', async () => {
  const { begun, bus, mostActive } = createFixture();
  const numbers = Array.from({ length: 40 }, (_value, index) => index);
  await Promise.all(numbers.map(async (number) => bus.publish(eventNumber(number))));
  await vi.waitFor(() => expect(begun).toEqual(numbers.map((number) => `d-${number}`)));
  expect(mostActive()).toBe(4);
});

test('a slow dispatch does not hold up publishing, nor the events behind it', async () => {
  const { begun, bus, hold } = createFixture();
  const gate = hold(eventNumber(1));
  await bus.publish(eventNumber(1));
  await bus.publish(eventNumber(2));
  await vi.waitFor(() => expect(begun).toEqual(['d-1', 'd-2']));
  gate.resolve();
});

test('a delivery is dispatched at most once at a time, and not again once it is decided', async () => {
  const { begun, bus, deliveries, hold } = createFixture();
  const event = eventNumber(1);
  const gate = hold(event);
  await bus.publish(event);
  await vi.waitFor(() => expect(begun).toEqual(['d-1']));
  await bus.publish(event);
  await bus.publish(eventNumber(2));
  await vi.waitFor(() => expect(begun).toEqual(['d-1', 'd-2']));

  gate.resolve();
  await vi.waitFor(async () =>
    expect(await deliveries.get(refOf(event))).toMatchObject({ decision: 'ignored' }),
  );
  await bus.publish(event);
  await bus.publish(eventNumber(3));
  await vi.waitFor(() => expect(begun).toEqual(['d-1', 'd-2', 'd-3']));
});

test('a delivery that could not be dispatched is told of, and dispatched when it comes again', async () => {
  const { begun, bus, hold, problems } = createFixture();
  const event = eventNumber(1);
  const gate = hold(event);
  const problem = new Error('the disk is full');
  await bus.publish(event);
  await vi.waitFor(() => expect(begun).toEqual(['d-1']));
  gate.reject(problem);
  await vi.waitFor(() => expect(problems).toEqual([[problem, refOf(event)]]));

  hold(event).resolve();
  await bus.publish(event);
  await vi.waitFor(() => expect(begun).toEqual(['d-1', 'd-1']));
});

test('what was left behind is taken up oldest first, however much it is', async () => {
  const { begun, bus, deliveries } = createFixture();
  const numbers = Array.from({ length: 250 }, (_value, index) => index);
  await Promise.all(
    numbers.toReversed().map(async (number) => deliveries.add(eventNumber(number))),
  );
  const decided = refOf(eventNumber(7));
  await deliveries.saveDecision(decided, { decision: 'ignored', reason: 'before' });

  await bus.resume();

  const left = numbers.filter((number) => number !== 7).map((number) => `d-${number}`);
  await vi.waitFor(() => expect(begun).toEqual(left));
});

test('draining takes up nothing more and waits for what is under way', async () => {
  const { begun, bus, deliveries, hold } = createFixture();
  const gates = [1, 2, 3, 4].map((number) => hold(eventNumber(number)));
  for (const number of [1, 2, 3, 4, 5]) await bus.publish(eventNumber(number));
  await vi.waitFor(() => expect(begun).toHaveLength(4));
  const drained = bus.drain();
  for (const gate of gates) gate.resolve();
  await drained;

  await bus.publish(eventNumber(6));
  const { deliveries: left } = await deliveries.listPending({ limit: 10 });
  expect(left.map(({ id }) => id)).toEqual(['d-5', 'd-6']);
  expect(begun).toHaveLength(4);
});

test('an event that cannot be kept is not taken', async () => {
  const problem = new UpstreamError('The disk is full', { service: 'database', retryable: true });
  const bus = createLocalBus({
    deliveries: {
      add: async () => {
        throw problem;
      },
      get: async () => undefined,
      listPending: async () => ({ deliveries: [], next: null }),
    },
    dispatch: async () => {},
    onProblem: () => {},
  });
  await expect(bus.publish(eventNumber(1))).rejects.toBe(problem);
});
