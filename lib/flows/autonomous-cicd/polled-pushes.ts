import { z } from 'zod';
import { polledId, polledPush } from '../../domain/reconcile/polled-event.ts';
import { githubSourceSchema } from '../../domain/source.ts';
import type { KnownHead } from '../../ports/code-host.ts';
import { stableId } from '../../runtime/stable-id.ts';
import type { Chore, CicdServices } from './chore.ts';
import { lookAtEach } from './looking.ts';
import { recall, remember } from './memory.ts';
import { mayPushBeOnItsWay } from './pushes-on-their-way.ts';

interface MovedHead {
  /** The repository's name. */
  id: string;
  head: KnownHead;
  /** The last commit that was told, or else seen. */
  base: string;
}

/**
 * Default branches that have moved although no delivery has told it. Their event says what a webhook would
 * have told of all that was pushed since: the runs of one commit have one name, whoever tells it.
 * A repository that is seen for the first time has not moved.
 */
export const polledPushes: Chore<MovedHead> = {
  name: 'pushes nobody told',

  find: async (services, looking) => {
    // Pull requests are not looked for: nothing listens to them yet.
    const repositories = listAwaited(services);
    if (repositories.length === 0 || !(await services.codeHost.isConfigured())) return [];
    return lookAtEach(repositories, { looking, services }, (name) => findMoved(name, services));
  },

  workOff: async ({ base, head, id: repository }, services) => {
    const { bus, clock, codeHost } = services;
    const { branch, commit } = head;
    const lookedAt = clock.now();
    const changedPaths = await codeHost.listChangedPaths(repository, base, commit);
    const deliveryId = polledId(stableId('push', repository.toLowerCase(), commit));
    const receivedAt = lookedAt.toISOString();
    const moved = { repository, branch, commit, changedPaths };
    await bus.publish(polledPush(moved, { deliveryId, receivedAt }));
    // Cut off in between, it is found again, and known by its commit.
    await rememberHead(repository, { head, seenAt: lookedAt }, services);
  },
};

const githubName = githubSourceSchema.shape.repository;

/** Any name may stand for a folder; on GitHub can be what is called like a repository there. */
function listAwaited({ config }: CicdServices): string[] {
  return config.config.repositories
    .filter(({ analyseOnPush, name }) => analyseOnPush && githubName.safeParse(name).success)
    .map(({ name }) => name);
}

const seenHeadSchema = z.object({
  branch: z.string(),
  commit: z.string(),
  etag: z.string(),
  /** ISO 8601 UTC */
  seenAt: z.string(),
});

async function findMoved(name: string, services: CicdServices): Promise<MovedHead[]> {
  const { clock, codeHost, pushes, store } = services;
  if (await mayPushBeOnItsWay(name, services)) return [];
  const seenAt = clock.now();
  const known = await recall(store, keyOf(name), seenHeadSchema);
  const head = await codeHost.getHead(name, known ?? null);
  if (head === 'unchanged') return [];

  const told = await pushes.list({ repository: name, branch: head.branch });
  const isTold = told.some(({ commit }) => commit === head.commit);
  if (known === undefined || known.commit === head.commit || isTold) {
    await rememberHead(name, { head, seenAt }, services);
    return [];
  }
  const lastTold = told.findLast(({ at }) => Date.parse(at) >= Date.parse(known.seenAt));
  return [{ id: name, head, base: lastTold?.commit ?? known.commit }];
}

async function rememberHead(
  repository: string,
  { head, seenAt }: { head: KnownHead; seenAt: Date },
  { store }: CicdServices,
): Promise<void> {
  const value = { ...head, seenAt: seenAt.toISOString() };
  await remember(store, { key: keyOf(repository), value });
}

function keyOf(repository: string): string {
  return `head:${repository.toLowerCase()}`;
}
