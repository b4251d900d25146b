import pLimit from 'p-limit';
import { z } from 'zod';
import { UpstreamError } from '../../domain/errors.ts';
import type { Store, VersionedItem } from '../../ports/store.ts';

/** How often something may be done within a time, by all processes together. */
export interface SharedRate {
  /**
   * Counts one more: one read and one write of the store.
   * @throws UpstreamError (429, retryable) that says until when, where no more is allowed yet
   */
  take(): Promise<void>;
  /** The service has had enough. @param until milliseconds since the epoch; null: it does not say */
  pause(until: number | null): Promise<void>;
}

export interface SharedRateOptions {
  store: Store;
  /** Of its item: `codegen/creations`. */
  key: string;
  /** In errors: `codegen`. */
  service: string;
  /** For people: `These settings allow 10 new agent runs a minute at Codegen.` */
  rule: string;
  /** For people, while the service has had enough: `Codegen has limited new agent runs (429).` */
  limited: string;
  allowed: number;
  windowMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
}

const partition = 'rates';

/** Whoever loses a race for the item tries again: so many losses in a row are a siege. */
const mostAttempts = 10;

/** Limits are those of minutes: a clock that is wrong must not make it more. */
const longestPauseMs = 600_000;

const rateSchema = z.object({
  /** When each of those was done that still count, milliseconds since the epoch. */
  times: z.array(z.number()),
  pausedUntil: z.number(),
});
type Rate = z.infer<typeof rateSchema>;

/** Kept in one item, written only over the state in which there was room. */
export function createSharedRate(options: SharedRateOptions): SharedRate {
  const { allowed, limited, now, rule, service, windowMs } = options;
  // Those of one process would only take the item away from each other.
  const inTurn = pLimit(1);

  const takeOne = (before: Rate): Rate => {
    const at = now();
    const resumesAt = Math.min(before.pausedUntil, at + longestPauseMs);
    const until = Math.max(resumesAt, freeAgainAt(before, at, { allowed, windowMs }));
    if (until > at) {
      const text = `${until === resumesAt ? limited : rule} The next one is possible at ${timeText(until)}.`;
      throw new UpstreamError(text, { service, status: 429, retryable: true });
    }
    return { ...before, times: [...stillCounted(before, at, windowMs), at] };
  };
  const pauseUntil = (before: Rate, until: number | null): Rate => {
    const at = now();
    const asked = Math.min(until ?? at + windowMs / 3, at + longestPauseMs);
    return { ...before, pausedUntil: Math.max(before.pausedUntil, asked) };
  };
  return {
    take: async () => await inTurn(async () => await change(options, takeOne)),
    pause: async (until) =>
      await inTurn(async () => await change(options, (before) => pauseUntil(before, until))),
  };
}

/** A time that lies ahead was written by another clock, and counts as now. */
function stillCounted({ times }: Rate, at: number, windowMs: number): number[] {
  return times.map((time) => Math.min(time, at)).filter((time) => time > at - windowMs);
}

/** By what these settings allow. */
function freeAgainAt(
  rate: Rate,
  at: number,
  { allowed, windowMs }: Pick<SharedRateOptions, 'allowed' | 'windowMs'>,
): number {
  const counted = stillCounted(rate, at, windowMs).toSorted((a, b) => a - b);
  const blocking = counted[counted.length - allowed];
  return blocking === undefined ? at : blocking + windowMs;
}

async function change(options: SharedRateOptions, next: (before: Rate) => Rate): Promise<void> {
  const { key, rule, service, store, windowMs } = options;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const item = await store.get(partition, key);
    const rate = next(rateIn(item));
    const expiresAt = Math.max(rate.pausedUntil, (rate.times.at(-1) ?? 0) + windowMs);
    const changed = { partition, key, value: rate, expiresAt };
    if (item ? await store.put(changed, item.version) : await store.add(changed)) return;
  }
  const text = `${rule} Too many ask for the next one at the same time.`;
  throw new UpstreamError(text, { service, status: 429, retryable: true });
}

/** What cannot be read was not written by this version, and counts for nothing. */
function rateIn(item: VersionedItem | undefined): Rate {
  return rateSchema.safeParse(item?.value).data ?? { times: [], pausedUntil: 0 };
}

function timeText(at: number): string {
  return `${new Date(Math.ceil(at / 1_000) * 1_000).toISOString().slice(11, 19)} UTC`;
}
