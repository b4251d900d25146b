import {
  newDelivery,
  reopened,
  withFailedAttempt,
  withOutcome,
  type DispatchOutcome,
  type FailedAttempt,
} from '../../domain/dispatch/delivery-changes.ts';
import { deliveryDetailSchema, type DeliveryDetail } from '../../domain/delivery.ts';
import { RequestRejectedError } from '../../domain/errors.ts';
import { eventSourceSchema, type BusEvent } from '../../domain/event.ts';
import type { ListQuery, Store } from '../../ports/store.ts';
import {
  deliveriesPartition,
  deliveryItem,
  deliveryKey,
  readDelivery,
  type DeliveryRef,
} from './delivery-items.ts';

const keptMs = 30 * 24 * 3_600_000;
const shortestPrefix = 6;

export interface DeliveryPageQuery {
  limit: number;
  /** The `next` of the answer before. */
  cursor?: string | undefined;
}

export interface DeliveryPage {
  deliveries: DeliveryDetail[];
  next: string | null;
}

/**
 * The deliveries of the last 30 days. Methods that change one throw RequestRejectedError
 * (`not-found`) when it is not there (any more). Lists leave out what another version of the program
 * has stored in a shape that this one cannot read.
 */
export interface DeliveryRecords {
  /** Keeps a delivery that waits for its decision; false when it is known already. */
  add(event: BusEvent): Promise<boolean>;
  get(delivery: DeliveryRef): Promise<DeliveryDetail | undefined>;
  /**
   * @param id a delivery's id, or the beginning of one, 6 characters or more
   * @throws RequestRejectedError when several fit
   */
  find(id: string): Promise<DeliveryDetail | undefined>;
  /** Newest first. */
  list(query: DeliveryPageQuery): Promise<DeliveryPage>;
  /** Those without a decision, oldest first. */
  listPending(query: DeliveryPageQuery): Promise<DeliveryPage>;
  /** Saves the decision, unless there is one already: the first one counts, and is returned. */
  saveDecision(delivery: DeliveryRef, outcome: DispatchOutcome): Promise<DeliveryDetail>;
  /** Says why it goes on waiting. */
  postpone(delivery: DeliveryRef, reason: string): Promise<DeliveryDetail>;
  /** Notes an attempt that failed; after a final one, or ten, the delivery is `failed`. */
  countAttempt(delivery: DeliveryRef, failure: FailedAttempt): Promise<DeliveryDetail>;
  /** The delivery waits again for a decision; until it is made, the runs that it has started are told. */
  reopen(delivery: DeliveryRef): Promise<DeliveryDetail>;
}

/** @param now milliseconds since the epoch */
export function createDeliveryRecords(store: Store, now: () => number): DeliveryRecords {
  const isoNow = () => new Date(now()).toISOString();
  /** What has been decided stays so. */
  const changePending = (ref: DeliveryRef, change: Change) =>
    changeDelivery(store, ref, (before) =>
      before.decision === 'pending' ? change(before) : before,
    );

  return {
    add: (event) => store.add(deliveryItem(newDelivery(event), now() + keptMs)),
    get: async (ref) => {
      const item = await store.get(deliveriesPartition, deliveryKey(ref));
      return item && readDelivery(item);
    },
    find: (id) => findDelivery(store, id),
    list: (query) => listDeliveries(store, { ...query, index: 'byTime', descending: true }),
    listPending: (query) => listDeliveries(store, { ...query, index: 'open' }),

    saveDecision: (ref, outcome) =>
      changePending(ref, (before) => withOutcome(before, outcome, isoNow())),
    postpone: (ref, reason) =>
      changePending(ref, (before) => (before.reason === reason ? before : { ...before, reason })),
    countAttempt: (ref, failure) =>
      changePending(ref, (before) => withFailedAttempt(before, failure, isoNow())),
    reopen: (ref) => changeDelivery(store, ref, reopened),
  };
}

type Change = (before: DeliveryDetail) => DeliveryDetail;

/** Reads, changes and writes; all of it again where somebody else has written in between. */
async function changeDelivery(
  store: Store,
  ref: DeliveryRef,
  change: Change,
): Promise<DeliveryDetail> {
  for (;;) {
    const item = await store.get(deliveriesPartition, deliveryKey(ref));
    if (item === undefined) {
      throw new RequestRejectedError('not-found', `There is no delivery ${ref.id}.`);
    }
    const before = readDelivery(item);
    const after = change(before);
    if (after === before) return before;
    // Its time runs from its arrival, whatever happens to it later.
    const { expiresAt = 0 } = item;
    if (await store.put(deliveryItem(after, expiresAt), item.version)) return after;
  }
}

async function listDeliveries(store: Store, query: ListQuery): Promise<DeliveryPage> {
  const { items, next } = await store.list(deliveriesPartition, query);
  const read = items.map(({ value }) => deliveryDetailSchema.safeParse(value));
  return { deliveries: read.flatMap(({ data }) => (data === undefined ? [] : [data])), next };
}

async function findDelivery(store: Store, id: string): Promise<DeliveryDetail | undefined> {
  const keys = eventSourceSchema.options.map((source) => deliveryKey({ source, id }));
  const exact = await Promise.all(keys.map(async (key) => store.get(deliveriesPartition, key)));
  const fitting = exact.filter((item) => item !== undefined);
  if (fitting.length === 0 && id.length >= shortestPrefix) {
    for (const prefix of keys) {
      fitting.push(...(await store.list(deliveriesPartition, { prefix, limit: 2 })).items);
    }
  }
  const [first, ...others] = fitting;
  if (others.length > 0) {
    throw new RequestRejectedError('invalid', `More than one delivery begins with ${id}.`);
  }
  return first && readDelivery(first);
}
