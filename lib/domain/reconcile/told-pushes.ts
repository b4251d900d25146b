import { z } from 'zod';

/** Of one branch; earlier ones can hardly be told a second time. */
const mostKnown = 50;

/** More hooks than an organisation has for one repository. */
const mostDeliveries = 10;

/** One push to a branch, as everything that has told of it says. */
export const knownPushSchema = z.object({
  /** Where it has led. */
  commit: z.string(),
  /** From where, as whoever told it first says; null where that is not known. Names its runs. */
  before: z.string().nullable().default(null),
  /** From where, as a webhook says; null until one tells it. */
  webhook: z.string().nullable().default(null),
  /** Counts how often the branch was pushed from there to here: 1 the first time. */
  round: z.int().min(1).default(1),
  /** Ids of the deliveries that told it. */
  deliveries: z.array(z.string()).default([]),
  /** When it was told first: ISO 8601 UTC. */
  at: z.string(),
});
export type KnownPush = z.infer<typeof knownPushSchema>;

export interface ToldPush {
  way: 'webhook' | 'poll';
  deliveryId: string;
  commit: string;
  /** What a poll tells may have taken several pushes: from where the first of them started. */
  before: string | null;
  /** ISO 8601 UTC */
  at: string;
}

export interface PushMatch {
  push: KnownPush;
  /** All pushes to the branch, with this one; what was passed where nothing is new. */
  known: readonly KnownPush[];
}

/**
 * Finds the push that is told among those that are known, in the order in which they were told. Several
 * hooks tell a push in the same words. A poll tells where the branch is: that is the push which led there,
 * also where webhooks, late, tell of those before it. What has led to a commit before the branch went
 * elsewhere is another push.
 */
export function matchPush(known: readonly KnownPush[], told: ToldPush): PushMatch {
  const { at, before, commit, deliveryId, way } = told;
  const found =
    known.find(({ deliveries }) => deliveries.includes(deliveryId)) ??
    known.findLast((push, index) => isSame(push, told) && !leadsOn(known.slice(index), before));
  if (found === undefined) {
    const rounds = known
      .filter((push) => push.commit === commit && push.before === before)
      .map(({ round }) => round);
    const push = {
      commit,
      before,
      webhook: way === 'webhook' ? before : null,
      round: Math.max(0, ...rounds) + 1,
      deliveries: [deliveryId],
      at,
    };
    return { push, known: [...known, push].slice(-mostKnown) };
  }
  if (found.deliveries.includes(deliveryId)) return { push: found, known };
  const push = {
    ...found,
    webhook: way === 'webhook' ? before : found.webhook,
    deliveries: [...found.deliveries, deliveryId].slice(-mostDeliveries),
  };
  return { push, known: known.map((other) => (other === found ? push : other)) };
}

/** Whether it was told that the branch came to the commit, from wherever, after it had been at `before`. */
export function isToldArrival(
  known: readonly KnownPush[],
  { before, commit }: { before: string; commit: string },
): boolean {
  return known.some(
    (push, index) => push.commit === commit && !leadsOn(known.slice(index), before),
  );
}

function isSame(push: KnownPush, { before, commit, way }: ToldPush): boolean {
  if (push.commit !== commit) return false;
  return way === 'poll' || push.webhook === null || push.webhook === before;
}

/** Whether pushes lead from where the first of these has led to a commit. */
function leadsOn([first, ...others]: readonly KnownPush[], to: string | null): boolean {
  if (first === undefined || to === null) return false;
  const reached = new Set([first.commit]);
  for (const { before, commit, webhook } of others) {
    if (reached.has(before ?? '') || reached.has(webhook ?? '')) reached.add(commit);
  }
  return to !== first.commit && reached.has(to);
}
