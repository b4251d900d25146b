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
