import { z } from 'zod';
import type { CicdServices } from './chore.ts';
import { recall, remember } from './memory.ts';

const key = 'requests-since';

const hourMs = 3_600_000;

/**
 * How far back requests are looked for. At first an hour: who has set a label and then started the host
 * expects an answer, while labels from before may have been meant for another system, or were answered
 * by an installation whose data are gone. Later a week: nobody waits longer for an answer.
 */
const firstWindowMs = hourMs;
const windowMs = 7 * 24 * hourMs;

/** From where to look for requests: milliseconds since the epoch. */
export async function getRequestCursor({ clock, store }: CicdServices): Promise<number> {
  const now = clock.now().getTime();
  const cursor = await recall(store, key, z.number());
  return cursor === undefined ? now - firstWindowMs : Math.max(cursor, now - windowMs);
}

/** @param since milliseconds since the epoch */
export async function setRequestCursor(since: number, { store }: CicdServices): Promise<void> {
  await remember(store, { key, value: since });
}
