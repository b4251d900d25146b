import type { SecretName } from '../../../domain/secret-names.ts';
import type { SecretStore } from '../../../ports/secret-store.ts';
import type { SecretCalls } from '../calls/calls.ts';
import { readLiveValues, storedNameOf, valuesIn } from './live-values.ts';
import { createSecretCache } from './secret-cache.ts';

/**
 * Secrets by which webhooks are signed. Any text is one: nothing is checked, and nothing loaded to check it,
 * as a sender waits while a webhook function starts.
 * @param prefix before their names: `autonomous-cicd-dev/`
 */
export function createWebhookSecrets(calls: SecretCalls, prefix: string): SecretStore {
  return createSecretCache(async (name: SecretName) =>
    valuesIn(await readLiveValues(calls, storedNameOf(name, prefix))),
  );
}
