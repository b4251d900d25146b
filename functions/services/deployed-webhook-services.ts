import { createSignedCalls } from '../../lib/adapters/aws/calls/signed/signed-calls.ts';
import { createEventBridgeBus } from '../../lib/adapters/aws/events/bus.ts';
import { createWebhookSecrets } from '../../lib/adapters/aws/secrets/webhook-secrets.ts';
import type { SecretName } from '../../lib/domain/secret-names.ts';
import { deployedVariable } from '../../lib/runtime/deployed-environment.ts';
import type { WebhookServices } from '../../lib/runtime/webhook-handler.ts';

/**
 * What a webhook function works with on AWS. To be called while the function starts: the secret is fetched
 * and the connection to the bus made before the first delivery is there.
 */
export function deployedWebhookServices(secret: SecretName): WebhookServices {
  const environment = process.env;
  const calls = createSignedCalls({ environment });
  const secrets = createWebhookSecrets(calls, deployedVariable(environment, 'secretsPrefix'));
  const bus = createEventBridgeBus({ calls, bus: deployedVariable(environment, 'bus') });

  // The first delivery tries again what fails here.
  void secrets.get(secret).catch(() => undefined);
  calls.prepare('events');
  return { bus, secrets };
}
