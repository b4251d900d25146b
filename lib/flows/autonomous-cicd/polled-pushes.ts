import { z } from 'zod';
import { isOnGithub } from '../../domain/on-github.ts';
import { isToldArrival } from '../../domain/reconcile/told-pushes.ts';
import { polledId, polledPush } from '../../domain/reconcile/polled-event.ts';
import type { KnownHead } from '../../ports/code-host.ts';
import { stableId } from '../../runtime/stable-id.ts';
import type { Chore, CicdServices, Looking } from './chore.ts';
import { lookAtEach } from './looking.ts';
import { recall, remember } from './memory.ts';
import { mayPushBeOnItsWay } from './pushes-on-their-way.ts';

/** Where pushes are to be analysed. */
interface AwaitedBranch {
  /** `owner/name` */
  repository: string;
  /** Null stands for the default branch. */
  branch: string | null;
}

interface MovedHead extends AwaitedBranch {
  /** The repository's name. */
  id: string;
  head: KnownHead;
  /** The last commit that was told, or else seen. */
  base: string;
  /** When the branch was seen elsewhere: ISO 8601 UTC. */
  since: string;
}

/**
 * Branches that have moved although no delivery has told it. Their event says what a webhook would
 * have told of all that was pushed since: the runs of one push have one name, whoever tells it.
 * A repository that is seen for the first time has not moved.
 */
export const polledPushes: Chore<MovedHead> = {
  name: 'pushes nobody told',

  find: async (services, looking) => {
    // Pull requests are not looked for: nothing listens to them yet.
    const awaited = listAwaited(services);
    if (awaited.length === 0 || !(await services.codeHost.isConfigured())) return [];
    return lookAtEach(awaited, { looking, services }, (place) =>
      findMoved(place, { looking, services }),
    );
  },

  workOff: async ({ base, branch, head, repository, since }, services) => {
    const { bus, clock, codeHost } = services;
    const { commit } = head;
    const lookedAt = clock.now();
    const changedPaths = await codeHost.listChangedPaths(repository, base, commit);
    const deliveryId = polledId(
      stableId('push', repository.toLowerCase(), head.branch, commit, since),
    );
    const receivedAt = lookedAt.toISOString();
    const defaultBranch = branch === null ? head.branch : null;
    const from = { repository, branch: head.branch, defaultBranch, before: base };
    const moved = { ...from, commit, changedPaths };
    await bus.publish(polledPush(moved, { deliveryId, receivedAt }));
    // Cut off in between, it is found again, and known by its id.
    await rememberHead({ repository, branch }, { head, seenAt: lookedAt }, services);
  },
};

function listAwaited({ config }: CicdServices): AwaitedBranch[] {
  return config.config.repositories
    .filter((repository) => repository.analyseOnPush && isOnGithub(repository))
    .map(({ name, ref = null }) => ({ repository: name, branch: ref }));
}

const seenHeadSchema = z.object({
  branch: z.string(),
  commit: z.string(),
  etag: z.string(),
  /** ISO 8601 UTC */
  seenAt: z.string(),
});

async function findMoved(
  place: AwaitedBranch,
  { looking, services }: { looking: Looking; services: CicdServices },
): Promise<MovedHead[]> {
  const { clock, codeHost, pushes, store } = services;
  const { branch, repository } = place;
  if (await mayPushBeOnItsWay(repository, services)) return [];
  const seenAt = clock.now();
  const known = await recall(store, keyOf(place), seenHeadSchema);
  const head = await codeHost.getHead(repository, known ?? null, branch ?? undefined);
  if (head === 'unchanged') return [];

  if (known === undefined) {
    const { branch: first, commit } = head;
    looking.log.info('Pushes are looked for from here on', { repository, branch: first, commit });
  }
  const told = await pushes.list({ repository, branch: head.branch });
  const isKnown =
    known === undefined ||
    known.commit === head.commit ||
    isToldArrival(told, { before: known.commit, commit: head.commit });
  if (isKnown) {
    await rememberHead(place, { head, seenAt }, services);
    return [];
  }
  const lastTold = told.findLast(({ at }) => Date.parse(at) >= Date.parse(known.seenAt));
  const base = lastTold?.commit ?? known.commit;
  return [{ ...place, id: repository, head, base, since: known.seenAt }];
}

async function rememberHead(
  place: AwaitedBranch,
  { head, seenAt }: { head: KnownHead; seenAt: Date },
  { store }: CicdServices,
): Promise<void> {
  const value = { ...head, seenAt: seenAt.toISOString() };
  await remember(store, { key: keyOf(place), value });
}

/** Names of branches hold signs that keys may not. */
function keyOf({ branch, repository }: AwaitedBranch): string {
  return `head:${stableId(repository.toLowerCase(), branch ?? '')}`;
}
