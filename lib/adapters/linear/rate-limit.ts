import { z } from 'zod';
import type { ServiceQuota } from '../../ports/call-meter.ts';
import type { Urgency } from '../../ports/issue-tracker.ts';

const quotaSchema = z.object({
  limit: z.number().positive(),
  remaining: z.number().nonnegative(),
  /** Milliseconds since the epoch at which all of it is there again. */
  resetsAt: z.number(),
});
type Quota = z.infer<typeof quotaSchema>;

/** What Linear has told last of what we may still ask for. */
export const linearBudgetSchema = z.object({
  /** Milliseconds since the epoch. */
  readAt: z.number(),
  requests: quotaSchema.nullable(),
  /** In Linear's points: what is asked for counts. */
  complexity: quotaSchema.nullable(),
  /** Milliseconds since the epoch until which nothing may be asked for; 0: no such time. */
  pausedUntil: z.number(),
});
export type LinearBudget = z.infer<typeof linearBudgetSchema>;

/** Linear counts by the hour: a time beyond that is a mistake, and would stop us for as long. */
const longestMs = 3_600_000;
/** Where nothing says how long. */
const pauseMs = 60_000;

/**
 * What the headers of an answer tell; undefined when they tell nothing.
 * @see https://linear.app/developers/rate-limiting
 */
export function readBudget(
  headers: Headers,
  { now, limited }: { now: number; limited: boolean },
): LinearBudget | undefined {
  const requests = readQuota(headers, 'requests', now);
  const complexity = readQuota(headers, 'complexity', now);
  if (requests === null && complexity === null && !limited) return undefined;
  const budget = { readAt: now, requests, complexity, pausedUntil: 0 };
  return limited ? { ...budget, pausedUntil: now + readPause(headers, budget) } : budget;
}

function readQuota(headers: Headers, kind: string, now: number): Quota | null {
  const read = (name: string) => Number(headers.get(`x-ratelimit-${kind}-${name}`) ?? Number.NaN);
  const parsed = quotaSchema.safeParse({
    limit: read('limit'),
    remaining: read('remaining'),
    resetsAt: Math.min(read('reset'), now + longestMs),
  });
  return parsed.success ? parsed.data : null;
}

/** What is told of requests; undefined where nothing is. @param now milliseconds since the epoch */
export function readRequestQuota(headers: Headers, now: number): ServiceQuota | undefined {
  const quota = readQuota(headers, 'requests', now);
  if (quota === null) return undefined;
  const { limit, remaining, resetsAt } = quota;
  return { limit, remaining, resetAt: new Date(resetsAt).toISOString() };
}

/** Milliseconds. Where the quotas say by themselves how long to wait, that is all. */
function readPause(headers: Headers, budget: LinearBudget): number {
  const asked = Number(headers.get('retry-after')) * 1_000;
  if (asked > 0) return Math.min(asked, longestMs);
  return waitFor('answer', budget, budget.readAt) === undefined ? pauseMs : 0;
}

/** From 0 to 1: what is left of the tighter of both quotas. */
export function shareLeft(budget: LinearBudget, now: number): number {
  const shares = quotas(budget).map((quota) => leftOf(quota, budget.readAt, now) / quota.limit);
  return Math.min(...shares, 1);
}

function quotas({ complexity, requests }: LinearBudget): Quota[] {
  return [requests, complexity].filter((quota) => quota !== null);
}

/** A leaky bucket: what was used comes back evenly until all of it is there. */
function leftOf({ limit, remaining, resetsAt }: Quota, readAt: number, now: number): number {
  if (now >= resetsAt) return limit;
  return remaining + ((limit - remaining) * (now - readAt)) / (resetsAt - readAt);
}

/** Below which share a request of that urgency is not made any more. */
const reserves: Record<Urgency, number> = { answer: 0, upkeep: 0.25, progress: 0.5 };

/** Until when such a request has to wait, in milliseconds since the epoch; undefined: it need not. */
export function waitFor(urgency: Urgency, budget: LinearBudget, now: number): number | undefined {
  if (budget.pausedUntil > now) return budget.pausedUntil;
  const { readAt } = budget;
  const times = quotas(budget).flatMap((quota) => {
    const { limit, remaining, resetsAt } = quota;
    const wanted = Math.max(1, limit * reserves[urgency]);
    if (leftOf(quota, readAt, now) >= wanted) return [];
    return [readAt + ((wanted - remaining) / (limit - remaining)) * (resetsAt - readAt)];
  });
  return times.length === 0 ? undefined : Math.ceil(Math.max(...times));
}

/** How much is left, in words: each is a change worth telling. */
export type BudgetLevel = 'enough' | 'low' | 'scarce' | 'none';

export function levelOf(budget: LinearBudget, now: number): BudgetLevel {
  if (waitFor('answer', budget, now) !== undefined) return 'none';
  if (waitFor('upkeep', budget, now) !== undefined) return 'scarce';
  return waitFor('progress', budget, now) === undefined ? 'enough' : 'low';
}
