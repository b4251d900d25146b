import type { SecretName } from '../../../domain/secret-names.ts';
import type { SecretStore } from '../../../ports/secret-store.ts';
import { createCachedValues, type CachedValues } from './cached-values.ts';

/** Milliseconds: a stranger's wrong signature asks for a refresh too, and each one costs. */
const betweenRefreshes = 10_000;

/**
 * Keeps the values of the secrets that were asked for; no others are read.
 * @param read all live values of a secret, the current one first; throws UpstreamError
 * @param now milliseconds since the epoch
 */
export function createSecretCache(
  read: (name: SecretName) => Promise<readonly string[]>,
  now: () => number = Date.now,
): SecretStore {
  const cached = new Map<SecretName, CachedValues>();
  let last: { at: number; outcome: Promise<boolean>; isOver: boolean } | undefined;

  const valuesOf = (name: SecretName): CachedValues => {
    const values = cached.get(name) ?? createCachedValues(name, () => read(name), now);
    cached.set(name, values);
    return values;
  };
  const readAll = async (): Promise<boolean> => {
    const outcomes = await Promise.all([...cached.values()].map((values) => values.readAnew()));
    return outcomes.every(Boolean);
  };

  return {
    get: (name) => valuesOf(name).get(),

    async refresh() {
      if (last !== undefined && !last.isOver) return last.outcome;
      if (last !== undefined && now() - last.at < betweenRefreshes) return false;
      const refresh = { at: now(), outcome: readAll(), isOver: false };
      last = refresh;
      return refresh.outcome.finally(() => (refresh.isOver = true));
    },
  };
}
