import { z } from 'zod';
import type { BusEvent } from '../../domain/event.ts';
import type { Store } from '../../ports/store.ts';

/** A commit to which the default branch was pushed, as a delivery or we ourselves have told. */
const toldPushSchema = z.object({
  commit: z.string(),
  /** When it came in: ISO 8601 UTC. */
  at: z.string(),
});
export type ToldPush = z.infer<typeof toldPushSchema>;

/** What was told of pushes to default branches: whoever looks for pushes looks for others. */
export interface ToldPushes {
  /** Remembers what the event tells; without effect for all that is no push to a default branch. */
  note(event: BusEvent): Promise<void>;
  /** The latest ones, in the order in which they were told. @param repository in any case */
  list(repository: string): Promise<ToldPush[]>;
}

const partition = 'pushed';
const mostRemembered = 50;
const valueSchema = z.array(toldPushSchema);

/** GitHub gives names of these characters only, and takes them in any case. */
const namePattern = /^[\w.-]+\/[\w.-]+$/;

/** @param now milliseconds since the epoch */
export function createToldPushes(store: Store, now: () => number): ToldPushes {
  const read = async (repository: string) => {
    const item = await store.get(partition, repository.toLowerCase());
    return { item, told: valueSchema.safeParse(item?.value).data ?? [] };
  };

  return {
    list: async (repository) => (await read(repository)).told,

    async note(event) {
      const found = defaultBranchPush(event);
      if (found === undefined) return;
      const { commit, repository } = found;
      for (;;) {
        const { item, told } = await read(repository);
        // An attempt before has noted it, or another delivery of it.
        if (told.some((push) => push.commit === commit)) return;
        const value = [...told, { commit, at: new Date(now()).toISOString() }];
        const key = repository.toLowerCase();
        const next = { partition, key, value: value.slice(-mostRemembered) };
        const isWritten =
          item === undefined ? await store.add(next) : await store.put(next, item.version);
        if (isWritten) return;
      }
    },
  };
}

function defaultBranchPush({ push, repository }: BusEvent) {
  if (push === null || push.deleted || push.after === '' || repository === null) return undefined;
  const { defaultBranch, name } = repository;
  if (push.ref !== `refs/heads/${defaultBranch}` || !namePattern.test(name)) return undefined;
  return { commit: push.after, repository: name };
}
