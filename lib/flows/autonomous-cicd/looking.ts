import pLimit from 'p-limit';
import { z } from 'zod';
import { messageOf, UpstreamError } from '../../domain/errors.ts';
import { stableId } from '../../runtime/stable-id.ts';
import type { CicdServices, Looking } from './chore.ts';
import { recall, remember } from './memory.ts';

/** Requests that are under way at the same time: quick, and far from what a service minds. */
const sideBySide = 8;

const saidAgainAfterMs = 7 * 86_400_000;

/**
 * Looks at all places, several at a time. One that cannot be looked at stops no other, and is told; credentials
 * that are not accepted end the round.
 * @returns what was found, in the order of the places
 */
export async function lookAtEach<Place, Item>(
  places: readonly Place[],
  { looking, services }: { looking: Looking; services: CicdServices },
  look: (place: Place) => Promise<Item[]>,
): Promise<Item[]> {
  const inSlot = pLimit(sideBySide);
  let isUnknown = false;
  const lookOrTell = async (place: Place): Promise<Item[]> => {
    if (isUnknown) return [];
    try {
      return await look(place);
    } catch (error) {
      isUnknown ||= error instanceof UpstreamError && error.status === 401;
      if (isOutOfSight(error)) await sayOnce(messageOf(error), { looking, services });
      else looking.report(messageOf(error));
      return [];
    }
  };
  const found = await Promise.all(places.map((place) => inSlot(() => lookOrTell(place))));
  return found.flat();
}

/** We may not look there, there is no such place, or it is empty. */
const outOfSight: ReadonlySet<number | undefined> = new Set([403, 404, 409]);

/** Whether that is how somebody has set it up, and no failure. */
function isOutOfSight(error: unknown): boolean {
  return error instanceof UpstreamError && !error.retryable && outOfSight.has(error.status);
}

/** Once a week: every tick would bury the rest of the log. */
export async function sayOnce(
  reason: string,
  { looking, services: { clock, store } }: { looking: Looking; services: CicdServices },
): Promise<void> {
  const key = `said:${stableId(reason)}`;
  const now = clock.now().getTime();
  const saidAt = await recall(store, key, z.number());
  if (saidAt !== undefined && now - saidAt < saidAgainAfterMs) return;
  looking.log.warn('Not looked at', { reason });
  await remember(store, { key, value: now, expiresAt: now + saidAgainAfterMs });
}
