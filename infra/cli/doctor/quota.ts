import { formatTime } from '../../../lib/dashboard/run-text.ts';

export interface Quota {
  remaining: number;
  limit: number;
  /** ISO 8601 UTC */
  resetsAt: string;
}

const lowShare = 0.1;

export function isLow({ limit, remaining }: Quota): boolean {
  return remaining < limit * lowShare;
}

/** `4,980 of 5,000 requests left until 2026-11-22 21:00 UTC`; empty where nothing is known. */
export function formatQuota(quota: Quota | null): string {
  if (quota === null) return '';
  const [remaining, limit] = [quota.remaining, quota.limit].map((count) =>
    count.toLocaleString('en-US'),
  );
  return `${remaining} of ${limit} requests left until ${formatTime(quota.resetsAt)} UTC`;
}

/** Joins what is known. */
export function joinDetails(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}
