import type { Store } from '../../../lib/ports/store.ts';

/** A store whose process dies at its n-th write, counted from 0: neither that nor any later call is done. */
export function dyingStore(store: Store, deathAt: number): Store {
  let writes = 0;
  const requireLife = () => {
    if (writes > deathAt) throw new Error('The process has died');
  };
  const beforeWriting = () => {
    writes += 1;
    requireLife();
  };
  return {
    get: async (partition, key) => {
      requireLife();
      return store.get(partition, key);
    },
    list: async (partition, query) => {
      requireLife();
      return store.list(partition, query);
    },
    add: async (item) => {
      beforeWriting();
      return store.add(item);
    },
    put: async (item, ifVersion) => {
      beforeWriting();
      return store.put(item, ifVersion);
    },
    remove: async (partition, key) => {
      beforeWriting();
      return store.remove(partition, key);
    },
  };
}
