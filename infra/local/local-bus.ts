import { setImmediate } from 'node:timers/promises';
import type { BusEvent } from '../../lib/domain/event.ts';
import { deliveryKey, type DeliveryRef } from '../../lib/flows/dispatch/delivery-items.ts';
import type { DeliveryRecords } from '../../lib/flows/dispatch/delivery-records.ts';
import { pagesOf } from '../../lib/flows/pages.ts';
import type { Bus } from '../../lib/ports/bus.ts';

/** A bus within this process: an event that it has taken is a pending delivery until dispatched. */
export interface LocalBus extends Bus {
  /**
   * Has everything dispatched that is pending, oldest first: what a process before has left, or a
   * pause has held back. Resolves when all of it is in the queue.
   */
  resume(): Promise<void>;
  /** Takes up nothing more and waits for what is under way; the rest waits for the next start. */
  drain(): Promise<void>;
}

export interface LocalBusOptions {
  deliveries: Pick<DeliveryRecords, 'add' | 'get' | 'listPending'>;
  dispatch: (event: BusEvent) => Promise<unknown>;
  /** Told when a delivery could not be dispatched; it stays pending. */
  onProblem: (problem: unknown, delivery: DeliveryRef) => void;
}

const dispatchesAtOnce = 4;
const resumedAtOnce = 100;

export function createLocalBus({ deliveries, dispatch, onProblem }: LocalBusOptions): LocalBus {
  /** In the order of arrival. References only: the events are on disk. */
  const queue = new Map<string, DeliveryRef>();
  const active = new Map<string, Promise<void>>();
  let draining = false;

  async function dispatchOne(ref: DeliveryRef): Promise<void> {
    // The sender waits for its answer: that goes first.
    await setImmediate();
    try {
      const delivery = await deliveries.get(ref);
      if (delivery?.decision === 'pending') await dispatch(delivery.event);
    } catch (error) {
      onProblem(error, ref);
    }
  }

  /** Starts what may be started; each end makes room for the next. */
  function proceed(): void {
    for (const [key, ref] of queue) {
      if (draining || active.size >= dispatchesAtOnce) return;
      // Published again while it is dispatched: afterwards it shows whether that was of use.
      if (active.has(key)) continue;
      queue.delete(key);
      const ended = dispatchOne(ref).finally(() => {
        active.delete(key);
        proceed();
      });
      active.set(key, ended);
    }
  }

  function enqueue({ id, source }: DeliveryRef): void {
    queue.set(deliveryKey({ id, source }), { id, source });
    proceed();
  }

  return {
    async publish(event) {
      await deliveries.add(event);
      enqueue({ id: event.deliveryId, source: event.source });
    },

    async resume() {
      const limit = resumedAtOnce;
      for await (const page of pagesOf((cursor) => deliveries.listPending({ limit, cursor }))) {
        for (const delivery of page.deliveries) enqueue(delivery);
      }
    },

    async drain() {
      draining = true;
      await Promise.all(active.values());
    },
  };
}
