import { z } from 'zod';
import type { BusEvent, PushedCommits } from '../../domain/event.ts';
import { isPolled } from '../../domain/reconcile/polled-event.ts';
import { knownPushSchema, matchPush, type KnownPush } from '../../domain/reconcile/told-pushes.ts';
import type { Store } from '../../ports/store.ts';
import { stableId } from '../../runtime/stable-id.ts';

/** A branch of a repository; case counts in its name, not in the repository's. */
export interface Branch {
  /** `owner/name` */
  repository: string;
  /** `main` */
  branch: string;
}

/** What was told of pushes: whoever looks for pushes looks for others. */
export interface ToldPushes {
  /**
   * Remembers the push that the event tells.
   * @returns the event, its push as it was first told: its runs have one name. The very event where it
   *   tells of no push to a branch
   */
  admit(event: BusEvent): Promise<BusEvent>;
  /** The latest ones, in the order in which they were told. */
  list(branch: Branch): Promise<KnownPush[]>;
}

const partition = 'pushed';

/** Far longer than it takes until the branch is looked at again. */
const keptMs = 30 * 24 * 3_600_000;

const valueSchema = z.array(knownPushSchema);

/** @param now milliseconds since the epoch */
export function createToldPushes(store: Store, now: () => number): ToldPushes {
  const read = async (key: string) => {
    const item = await store.get(partition, key);
    return { item, known: valueSchema.safeParse(item?.value).data ?? [] };
  };

  const note = async (event: BusEvent, { branch, push }: BranchPush): Promise<KnownPush> => {
    const key = keyOf(branch);
    const { deliveryId } = event;
    const way = isPolled(event) ? 'poll' : 'webhook';
    const { after: commit, before } = push;
    for (;;) {
      const { item, known } = await read(key);
      const at = new Date(now()).toISOString();
      const found = matchPush(known, { at, before, commit, deliveryId, way });
      if (found.known === known) return found.push;
      const next = { partition, key, value: found.known, expiresAt: now() + keptMs };
      const isWritten =
        item === undefined ? await store.add(next) : await store.put(next, item.version);
      if (isWritten) return found.push;
    }
  };

  return {
    list: async (branch) => (await read(keyOf(branch))).known,

    admit: async (event) => {
      const pushed = pushedBranch(event);
      if (pushed === undefined) return event;
      const { before, round } = await note(event, pushed);
      return { ...event, push: { ...pushed.push, before, round } };
    },
  };
}

const branchPrefix = 'refs/heads/';

interface BranchPush {
  branch: Branch;
  push: PushedCommits;
}

function pushedBranch({ push, repository }: BusEvent): BranchPush | undefined {
  if (push === null || repository === null) return undefined;
  if (push.deleted || !push.ref.startsWith(branchPrefix)) return undefined;
  const branch = push.ref.slice(branchPrefix.length);
  return { branch: { repository: repository.name, branch }, push };
}

/** Names of branches hold signs that keys may not. */
function keyOf({ branch, repository }: Branch): string {
  return stableId(repository.toLowerCase(), branch);
}
