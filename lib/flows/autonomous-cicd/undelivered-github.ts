import { z } from 'zod';
import { githubEvents } from '../../domain/dispatch/listened-events.ts';
import {
  advanceCursor,
  decideBringing,
  listFailedDeliveries,
  type FailedDelivery,
} from '../../domain/reconcile/undelivered.ts';
import type { Hook } from '../../ports/sent-deliveries.ts';
import { bringIn, hasArrived, type UndeliveredItem } from './bring-in.ts';
import type { Chore, CicdServices, Looking } from './chore.ts';
import { countTries } from './delivery-tries.ts';
import { lookAtEach, sayOnce } from './looking.ts';
import { recall, remember } from './memory.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * How far back is looked at first: an hour, as for requests, since what was sent before may have been worked
 * off by an installation whose data are gone. Later three days: GitHub forgets what is older.
 */
const firstWindowMs = hourMs;
const windowMs = 72 * hourMs;

/** A delivery is listed once it has ended, under the time at which it began. */
const overlapMs = minuteMs;

/** Each costs a request. */
const mostAtOnce = 100;

/**
 * Deliveries of our webhooks at GitHub that never succeeded and did not arrive in spite of it, as far as a
 * rule listens to them. They are sent once more, at most three times; where that does not help, what was
 * sent is read and published. Either way it is the same delivery, which is decided once.
 */
export const undeliveredGithub: Chore<UndeliveredItem> = {
  name: 'undelivered GitHub events',
  mostAtOnce,

  find: async (services, looking) => {
    const { codeHost, secrets, sentDeliveries } = services;
    if (!(await codeHost.isConfigured())) return [];
    if (!(await secrets.isSet('GITHUB_WEBHOOK_SECRET'))) return [];
    const { hooks, problems } = await sentDeliveries.listHooks();
    for (const problem of problems) await sayOnce(problem, { looking, services });
    const found = await lookAtEach(hooks, { looking, services }, (hook) =>
      findAtHook(hook, services, looking),
    );
    return found.toSorted((one, other) => Date.parse(one.firstAt) - Date.parse(other.firstAt));
  },

  workOff: bringIn,
};

const hookStateSchema = z.object({
  /** Everything before has arrived: ISO 8601 UTC. */
  since: z.string(),
  /** Of the last list; null while something of it has still to arrive. */
  etag: z.string().nullable(),
});
type HookState = z.infer<typeof hookStateSchema>;

async function findAtHook(
  hook: Hook,
  services: CicdServices,
  looking: Looking,
): Promise<UndeliveredItem[]> {
  const { clock, sentDeliveries, store } = services;
  const key = `hook:${hook.kind}:${hook.kind === 'app' ? '' : hook.id}`;
  const before = await recall(store, key, hookStateSchema);
  const since = lookFrom(before, clock.now().getTime());

  const listed = await sentDeliveries.list(hook, { since, etag: before?.etag ?? null });
  if (listed === 'unchanged') return [];
  if (!listed.isComplete) looking.report(whyIncomplete(hook));
  const failed = listFailedDeliveries(listed.deliveries);
  const missed = await withoutSettled(failed.filter(isListenedTo), services);
  const value = {
    since: advanceCursor(listed.deliveries, missed, before?.since ?? since),
    // With an etag, what is missed would not be listed again.
    etag: missed.length === 0 ? listed.etag : null,
  };
  await remember(store, { key, value });
  return missed.map((delivery) => Object.assign({ id: delivery.guid, hook }, delivery));
}

/** @param now milliseconds since the epoch */
function lookFrom(before: HookState | undefined, now: number): string {
  const cursor = Date.parse(before?.since ?? '');
  const from = Number.isNaN(cursor)
    ? now - firstWindowMs
    : Math.max(cursor - overlapMs, now - windowMs);
  return new Date(from).toISOString();
}

const listenedTo: ReadonlySet<string> = new Set(githubEvents);

/** An App, or the hook of an organisation, may tell far more. */
function isListenedTo({ event }: FailedDelivery): boolean {
  return listenedTo.has(event);
}

function whyIncomplete(hook: Hook): string {
  const sends = `${describeHook(hook)} sends more than can be listed`;
  return `${sends}: its older deliveries were not looked at.`;
}

function describeHook(hook: Hook): string {
  if (hook.kind === 'app') return "The GitHub App's webhook";
  return `The webhook of ${hook.kind === 'organisation' ? hook.organisation : hook.repository}`;
}

/**
 * Without those that have arrived, as GitHub counts as failed also what was answered too late; and without
 * those that were given up.
 */
async function withoutSettled(
  failed: readonly FailedDelivery[],
  services: CicdServices,
): Promise<FailedDelivery[]> {
  const missed: FailedDelivery[] = [];
  for (const delivery of failed) {
    if (await hasArrived(delivery.guid, services)) continue;
    const tries = await countTries(delivery.guid, services);
    if (decideBringing(delivery, tries) !== 'give up') missed.push(delivery);
  }
  return missed;
}
