/** One attempt of a sender to deliver, as far as it matters here. */
export interface DeliveryAttempt {
  id: string;
  /** The same for all attempts. */
  guid: string;
  /** ISO 8601 UTC */
  deliveredAt: string;
  ok: boolean;
  /** 0 where nobody answered. */
  statusCode: number;
  event: string;
}

/** A delivery of which no attempt that we know of was taken. */
export interface FailedDelivery {
  guid: string;
  event: string;
  /** The first attempt that we know of, ISO 8601 UTC. */
  firstAt: string;
  /** The last one. */
  latest: { id: string; statusCode: number };
}

/** What we take for an id of a delivery; whatever else is listed cannot be kept under it. */
const guidPattern = /^[A-Za-z0-9._:-]{1,100}$/;

/** The deliveries without an attempt that was taken, those first that were sent first. */
export function listFailedDeliveries(attempts: readonly DeliveryAttempt[]): FailedDelivery[] {
  const groups = Map.groupBy(
    attempts.filter(({ guid }) => guidPattern.test(guid)),
    ({ guid }) => guid,
  );
  return [...groups.values()]
    .filter((group) => !group.some(({ ok }) => ok))
    .flatMap((group) => failedDelivery(group) ?? [])
    .toSorted((one, other) => compare(one.firstAt, other.firstAt));
}

function failedDelivery(group: readonly DeliveryAttempt[]): FailedDelivery | undefined {
  const inOrder = group.toSorted((one, other) => compare(one.deliveredAt, other.deliveredAt));
  const first = inOrder[0];
  const last = inOrder.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { event, guid } = first;
  const latest = { id: last.id, statusCode: last.statusCode };
  return { guid, event, firstAt: first.deliveredAt, latest };
}

const mostRedeliveries = 3;
/** To have it sent once more, or to read it: what could not be had by then, never will be. */
export const mostTries = 8;
const nobodyAnswered = 0;
const tooLarge = 413;

/**
 * How a delivery is brought in: by having it sent once more, or, where that has not helped or cannot help,
 * by reading what was sent. A sender that reaches nobody is asked once more, as the host may have been off.
 * @param tries that were made to bring it in
 */
export function decideBringing(
  { latest: { statusCode } }: FailedDelivery,
  tries: number,
): 'redeliver' | 'read' | 'give up' {
  if (tries >= mostTries) return 'give up';
  if (tries >= mostRedeliveries || statusCode === tooLarge) return 'read';
  return tries > 0 && statusCode === nobodyAnswered ? 'read' : 'redeliver';
}

/**
 * From where to look the next time: nothing that has still to be brought in may lie before.
 * @param seen what was listed
 * @param missed those of it that are not here yet
 * @param since from where it was listed, ISO 8601 UTC
 */
export function advanceCursor(
  seen: readonly Pick<DeliveryAttempt, 'deliveredAt'>[],
  missed: readonly Pick<FailedDelivery, 'firstAt'>[],
  since: string,
): string {
  const [oldestMissed] = missed.map(({ firstAt }) => firstAt).toSorted(compare);
  const newestSeen = seen
    .map(({ deliveredAt }) => deliveredAt)
    .toSorted(compare)
    .at(-1);
  return oldestMissed ?? newestSeen ?? since;
}

function compare(one: string, other: string): number {
  return Date.parse(one) - Date.parse(other);
}
