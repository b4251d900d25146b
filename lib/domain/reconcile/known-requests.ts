import { z } from 'zod';

/**
 * A webhook tells when the issue was changed, the history of the issue when that was written down: nearly
 * the same time. Ten seconds are far more than lies between the two, and less than a person needs to take
 * a request back and make it again.
 */
const toleranceMs = 10_000;

/** Of one issue; older ones can no longer be told a second time. */
const mostKnown = 40;

const timesSchema = z.object({ from: z.string(), until: z.string() });

/** One request as both ways have told it. */
export const knownRequestSchema = z.object({
  /** By whichever way told it first: the time that names its run. ISO 8601. */
  at: z.string(),
  /** Null until a webhook tells it. */
  webhook: timesSchema.nullable(),
  /** Null until it is found by asking. */
  poll: timesSchema.nullable(),
});
export type KnownRequest = z.infer<typeof knownRequestSchema>;

export interface ToldRequest {
  way: 'webhook' | 'poll';
  /** ISO 8601; known by it, however often it is told. */
  from: string;
  /** Later than `from` where several changes are told as one. */
  until: string;
}

export interface RequestMatch {
  /** Whether it was told before, by either way. */
  isKnown: boolean;
  /** The time that names its run. */
  at: string;
  /** All requests of the issue, with this one. */
  known: KnownRequest[];
}

/**
 * Finds the request that is told among those of its issue that are known. Each way tells a request under
 * one time, so that one is known twice at most: two requests shortly after each other stay two.
 */
export function matchRequest(
  known: readonly KnownRequest[],
  { from, until, way }: ToldRequest,
): RequestMatch {
  const again = known.find((request) => request[way]?.from === from);
  if (again !== undefined) return { isKnown: true, at: again.at, known: [...known] };

  const times = { from, until };
  const otherWay = way === 'poll' ? 'webhook' : 'poll';
  const [nearest] = known
    .filter((request) => request[way] === null)
    .map((request) => ({ request, distance: distanceMs(request[otherWay], times) }))
    .filter(({ distance }) => distance <= toleranceMs)
    .toSorted((one, another) => one.distance - another.distance);
  if (nearest === undefined) {
    const request = { at: from, webhook: null, poll: null, [way]: times };
    return { isKnown: false, at: from, known: [...known, request].slice(-mostKnown) };
  }
  const told = { ...nearest.request, [way]: times };
  return {
    isKnown: true,
    at: told.at,
    known: known.map((request) => (request === nearest.request ? told : request)),
  };
}

type Times = z.infer<typeof timesSchema>;

/** What lies between the two; 0 where they overlap, infinity where one of the times is none. */
function distanceMs(one: Times | null, other: Times): number {
  if (one === null) return Infinity;
  const after = Date.parse(other.from) - Date.parse(one.until);
  const before = Date.parse(one.from) - Date.parse(other.until);
  const distance = Math.max(0, after, before);
  return Number.isNaN(distance) ? Infinity : distance;
}
