import { z } from 'zod';

/**
 * A webhook tells when the issue was changed, the history of the issue when that was written down: nearly
 * the same time. Ten seconds are far more than lies between the two, and less than a person needs to take
 * a request back and make it again.
 */
const toleranceMs = 10_000;

/** Of one issue; older ones can no longer be told a second time. */
const mostKnown = 40;

/** One request as both ways have told it. */
export const knownRequestSchema = z.object({
  /** By whichever way told it first: the time that names its run. ISO 8601. */
  at: z.string(),
  /** By either way; null until it tells. */
  webhookAt: z.string().nullable(),
  polledAt: z.string().nullable(),
});
export type KnownRequest = z.infer<typeof knownRequestSchema>;

export interface ToldRequest {
  /** ISO 8601 */
  at: string;
  way: 'webhook' | 'poll';
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
  { at, way }: ToldRequest,
): RequestMatch {
  const own = way === 'poll' ? 'polledAt' : 'webhookAt';
  const other = way === 'poll' ? 'webhookAt' : 'polledAt';
  const again = known.find((request) => request[own] === at);
  if (again !== undefined) return { isKnown: true, at: again.at, known: [...known] };

  const [nearest] = known
    .filter((request) => request[own] === null)
    .map((request) => ({ request, distance: distanceMs(request[other], at) }))
    .filter(({ distance }) => distance <= toleranceMs)
    .toSorted((one, another) => one.distance - another.distance);
  if (nearest === undefined) {
    const request = { at, webhookAt: null, polledAt: null, [own]: at };
    return { isKnown: false, at, known: [...known, request].slice(-mostKnown) };
  }
  const told = { ...nearest.request, [own]: at };
  return {
    isKnown: true,
    at: told.at,
    known: known.map((request) => (request === nearest.request ? told : request)),
  };
}

/** Infinity where one of the times is none. */
function distanceMs(one: string | null, other: string): number {
  const distance = Math.abs(Date.parse(one ?? '') - Date.parse(other));
  return Number.isNaN(distance) ? Infinity : distance;
}
