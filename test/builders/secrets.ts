import type { SecretName } from '../../lib/domain/secret-names.ts';
import type { SecretStore } from '../../lib/ports/secret-store.ts';

/** Secrets that a test can change while they are in use. */
export function buildSecrets(values: Partial<Record<SecretName, string>> = {}): SecretStore {
  return {
    get: async (name) => {
      const value = values[name];
      return value === undefined ? [] : [value];
    },
    refresh: async () => true,
  };
}

/** Secrets that were replaced: whoever does not read them anew gets those from before. */
export function buildReplacedSecrets(
  before: Partial<Record<SecretName, string>>,
  after: Partial<Record<SecretName, string>>,
): SecretStore {
  let values = before;
  return {
    get: (name) => buildSecrets(values).get(name),
    refresh: async () => {
      values = after;
      return true;
    },
  };
}
