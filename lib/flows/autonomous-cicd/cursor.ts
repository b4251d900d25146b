import { z } from 'zod';
import type { CicdServices } from './chore.ts';
import { recall, remember } from './memory.ts';

const hourMs = 3_600_000;

/**
 * How far back is looked for what people have asked for. At first an hour: who has asked and then started the
 * host expects an answer, while what was asked for before may have been meant for another system, or was answered
 * by an installation whose data are gone. Later a week: nobody waits longer for an answer.
 */
const firstWindowMs = hourMs;
const windowMs = 7 * 24 * hourMs;

/** Up to when something was looked at, which one tick leaves for the next. */
export interface Cursor {
  /** From where to look on: milliseconds since the epoch. */
  get(services: Pick<CicdServices, 'clock' | 'store'>): Promise<number>;
  /** @param since milliseconds since the epoch */
  set(since: number, services: Pick<CicdServices, 'store'>): Promise<void>;
}

/** @param key under which it is remembered */
export function createCursor(key: string): Cursor {
  return {
    async get({ clock, store }) {
      const now = clock.now().getTime();
      const cursor = await recall(store, key, z.number());
      return cursor === undefined ? now - firstWindowMs : Math.max(cursor, now - windowMs);
    },

    set: (since, { store }) => remember(store, { key, value: since }),
  };
}
