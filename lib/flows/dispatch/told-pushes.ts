import { z } from 'zod';
import type { BusEvent } from '../../domain/event.ts';
import type { Store } from '../../ports/store.ts';
import { stableId } from '../../runtime/stable-id.ts';

/** A commit to which a branch was pushed, as a delivery or we ourselves have told. */
const toldPushSchema = z.object({
  commit: z.string(),
  /** When it came in: ISO 8601 UTC. */
  at: z.string(),
});
export type ToldPush = z.infer<typeof toldPushSchema>;

/** A branch of a repository; case counts in its name, not in the repository's. */
export interface Branch {
  /** `owner/name` */
  repository: string;
  /** `main` */
  branch: string;
}

/** What was told of pushes: whoever looks for pushes looks for others. */
export interface ToldPushes {
  /** Remembers what the event tells; without effect for all that is no push to a branch. */
  note(event: BusEvent): Promise<void>;
  /** The latest ones, in the order in which they were told. */
  list(branch: Branch): Promise<ToldPush[]>;
}

const partition = 'pushed';
const mostRemembered = 50;

/** Far longer than it takes until the branch is looked at again. */
const keptMs = 30 * 24 * 3_600_000;

const valueSchema = z.array(toldPushSchema);

/** @param now milliseconds since the epoch */
export function createToldPushes(store: Store, now: () => number): ToldPushes {
  const read = async (key: string) => {
    const item = await store.get(partition, key);
    return { item, told: valueSchema.safeParse(item?.value).data ?? [] };
  };

  return {
    list: async (branch) => (await read(keyOf(branch))).told,

    async note(event) {
      const pushed = pushedBranch(event);
      if (pushed === undefined) return;
      const key = keyOf(pushed);
      for (;;) {
        const { item, told } = await read(key);
        // An attempt before has noted it, or another delivery of it.
        if (told.some(({ commit }) => commit === pushed.commit)) return;
        const value = [...told, { commit: pushed.commit, at: new Date(now()).toISOString() }];
        const kept = value.slice(-mostRemembered);
        const next = { partition, key, value: kept, expiresAt: now() + keptMs };
        const isWritten =
          item === undefined ? await store.add(next) : await store.put(next, item.version);
        if (isWritten) return;
      }
    },
  };
}

const branchPrefix = 'refs/heads/';

function pushedBranch({ push, repository }: BusEvent): (Branch & { commit: string }) | undefined {
  if (push === null || repository === null) return undefined;
  if (push.deleted || !push.ref.startsWith(branchPrefix)) return undefined;
  const branch = push.ref.slice(branchPrefix.length);
  return { repository: repository.name, branch, commit: push.after };
}

/** Names of branches hold signs that keys may not. */
function keyOf({ branch, repository }: Branch): string {
  return stableId(repository.toLowerCase(), branch);
}
