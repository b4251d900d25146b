import { refuse, type Reply } from './answer.ts';
import type { Caller } from './callers.ts';

/** Requests that are left until the hour is over. */
export interface Quota {
  limit: number;
  used: number;
  /** Seconds since the epoch. */
  reset: number;
}

export interface RateLimits {
  quotaOf(caller: Caller): Quota;
  count(caller: Caller): void;
  /** From now on everybody has this many an hour, and has used none. */
  setLimit: (limit: number) => void;
}

const withoutCredentials = 60;
const hour = 3_600_000;

export function createRateLimits(initialLimit: number, now: () => number): RateLimits {
  const quotas = new Map<string, Quota>();
  let limit = initialLimit;

  function quotaOf(caller: Caller): Quota {
    const who = nameOf(caller);
    const known = quotas.get(who);
    if (known !== undefined && known.reset * 1_000 > now()) return known;
    const quota = {
      limit: caller.kind === 'none' ? withoutCredentials : limit,
      used: 0,
      reset: Math.ceil((now() + hour) / 1_000),
    };
    quotas.set(who, quota);
    return quota;
  }

  return {
    quotaOf,
    count: (caller) => {
      quotaOf(caller).used += 1;
    },
    setLimit: (changed) => {
      limit = changed;
      quotas.clear();
    },
  };
}

/** All tokens of a user, and all of an installation, share one quota. */
function nameOf(caller: Caller): string {
  if (caller.kind === 'token') return `user ${caller.login ?? 'ada'}`;
  if (caller.kind === 'installation') return `installation ${caller.installation.id}`;
  return caller.kind;
}

export function remainingOf({ limit, used }: Quota): number {
  return Math.max(0, limit - used);
}

export function quotaHeaders(quota: Quota): Record<string, string> {
  return {
    'x-ratelimit-limit': String(quota.limit),
    'x-ratelimit-remaining': String(remainingOf(quota)),
    'x-ratelimit-used': String(Math.min(quota.used, quota.limit)),
    'x-ratelimit-reset': String(quota.reset),
    'x-ratelimit-resource': 'core',
  };
}

export const usedUp: Reply = refuse(403, 'API rate limit exceeded for user ID 1.');
