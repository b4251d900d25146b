import type { CalledService } from '../domain/usage.ts';

/** Counts calls to services outside, by service and day. Never throws and never waits: a lost count does no harm. */
export interface CallMeter {
  /** One request was sent. @param quota what its answer has told of the allowance, if it has */
  count(service: CalledService, quota?: ServiceQuota): void;
}

export interface ServiceQuota {
  limit: number;
  remaining: number;
  /** When the allowance is whole again, ISO 8601 UTC; null where nobody says. */
  resetAt: string | null;
}
