import { z } from 'zod';
import { UpstreamError } from '../../domain/errors.ts';
import type { Leases } from '../../ports/leases.ts';
import type { Store, StoredItem, VersionedItem } from '../../ports/store.ts';

const partition = 'leases';

/**
 * Of a change to one pool. Whoever loses a race for the item knows that another has won it: that many
 * losses in a row are a pool under siege, or a store that tells nonsense.
 */
const mostAttempts = 25;

/** Holder → until when, in milliseconds since the epoch. */
const holdersSchema = z.record(z.string(), z.number());
type Holders = z.infer<typeof holdersSchema>;

/**
 * Leases in one item for each pool. All holders stand in it, so that the write which adds one is made only
 * over the very state in which there was room: the limit holds whatever happens at the same time. (An item
 * for each slot would spread the writes, but a change of the limit would need all of them at once.)
 */
export function createLeases(store: Store, now: () => number): Leases {
  return {
    acquire: (pool, { holder, limit, ttlMs }) =>
      change(store, pool, (before) => {
        const held = stillHeld(before, now());
        const others = Object.keys(held).filter((name) => name !== holder);
        return others.length < limit ? { ...held, [holder]: now() + ttlMs } : undefined;
      }),

    release: async (pool, holder) => {
      await change(store, pool, (before) => {
        if (before[holder] === undefined) return undefined;
        const { [holder]: _released, ...others } = before;
        return stillHeld(others, now());
      });
    },
  };
}

function stillHeld(holders: Holders, time: number): Holders {
  return Object.fromEntries(Object.entries(holders).filter(([, until]) => until > time));
}

/**
 * Writes what `decide` makes of the holders, over the state that it has seen.
 * @returns false when it makes nothing of them
 */
async function change(
  store: Store,
  pool: string,
  decide: (before: Holders) => Holders | undefined,
): Promise<boolean> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const item = await store.get(partition, pool);
    const holders = decide(holdersIn(item));
    if (holders === undefined) return false;
    const next = itemOf(pool, holders);
    const written = item ? await store.put(next, item.version) : await store.add(next);
    if (written) return true;
  }
  const problem = `The slots of ${pool} are wanted by too many at once.`;
  throw new UpstreamError(problem, { service: 'leases', retryable: true });
}

/** What cannot be read was not written by this program, and holds no slot. */
function holdersIn(item: VersionedItem | undefined): Holders {
  return holdersSchema.safeParse(item?.value).data ?? {};
}

/** Gone with its last holder. */
function itemOf(pool: string, holders: Holders): StoredItem {
  return {
    partition,
    key: pool,
    value: holders,
    expiresAt: Math.max(0, ...Object.values(holders)),
  };
}
