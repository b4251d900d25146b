import { z } from 'zod';
import type { ServiceQuota } from '../../../ports/call-meter.ts';
import type { Refusal } from './failures.ts';

/** How GitHub says that it has had enough for a while. */
export type RateLimit =
  | { kind: 'wait'; seconds: number }
  /** `resetsAt` in milliseconds since the epoch; null where GitHub does not tell. */
  | { kind: 'used up'; resetsAt: number | null }
  /** Too much at once: it does not say for how long. */
  | { kind: 'too fast' };

/**
 * Undefined for a refusal for another reason: GitHub has the same status for a right that is missing.
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function rateLimitOf({ headers, message, status }: Refusal): RateLimit | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const seconds = Number(headers['retry-after']);
  if (seconds > 0) return { kind: 'wait', seconds };
  if (String(headers['x-ratelimit-remaining']) === '0') {
    const resetsAt = Number(headers['x-ratelimit-reset']) * 1_000;
    const isTime = resetsAt > 0 && !Number.isNaN(new Date(resetsAt).getTime());
    return { kind: 'used up', resetsAt: isTime ? resetsAt : null };
  }
  return status === 429 || /\bsecondary rate\b/i.test(message) ? { kind: 'too fast' } : undefined;
}

/** What GitHub asks for where it does not say how long. */
const usualMs = 60_000;

/** Its limits are those of an hour: a clock that is wrong must not make it more. */
const longestMs = 3_600_000;

/** Until when nothing more is to be asked. @param now milliseconds since the epoch, as is the result */
export function endOf(limit: RateLimit, now: number): number {
  return Math.min(statedEnd(limit, now), now + longestMs);
}

function statedEnd(limit: RateLimit, now: number): number {
  if (limit.kind === 'wait') return now + limit.seconds * 1_000;
  if (limit.kind === 'used up') return limit.resetsAt ?? now + usualMs;
  return now + usualMs;
}

const quotaSchema = z
  .object({
    limit: z.coerce.number().int().positive(),
    remaining: z.coerce.number().int().nonnegative(),
    /** Seconds since the epoch. */
    reset: z.coerce.number().positive().max(8.64e12),
  })
  .transform(({ limit, remaining, reset }) => ({
    limit,
    remaining,
    resetAt: new Date(reset * 1_000).toISOString(),
  }));

/** What an answer tells of the hourly allowance; undefined for another one, or where it tells nothing. */
export function readQuota(headers: Headers): ServiceQuota | undefined {
  const told = (name: string) => headers.get(`x-ratelimit-${name}`) ?? undefined;
  if ((told('resource') ?? 'core') !== 'core') return undefined;
  const quota = { limit: told('limit'), remaining: told('remaining'), reset: told('reset') };
  return quotaSchema.safeParse(quota).data;
}
