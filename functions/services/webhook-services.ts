import { createSignedCalls } from '../../lib/adapters/aws/calls/signed/signed-calls.ts';
import { createEventBridgeBus } from '../../lib/adapters/aws/events/bus.ts';
import { createWebhookSecrets } from '../../lib/adapters/aws/secrets/webhook-secrets.ts';
import type { SecretName } from '../../lib/domain/secret-names.ts';
import { deployedVariable, isDeployed } from '../../lib/runtime/deployed-environment.ts';
import { hostServices } from '../../lib/runtime/host-services.ts';
import type { WebhookServices } from '../../lib/runtime/webhook-handler.ts';

/**
 * What a webhook function works with: the parts of the local host that runs it, or its own on AWS. To be
 * called while the function starts: the secret is fetched and the connection to the bus made before the
 * first delivery is there.
 * @param secret by which deliveries are signed
 */
export function webhookServices(secret: SecretName): () => WebhookServices {
  if (!isDeployed(process.env)) return hostServices;
  const services = deployedServices(secret);
  return () => services;
}

function deployedServices(secret: SecretName): WebhookServices {
  const environment = process.env;
  const calls = createSignedCalls({ environment });
  const secrets = createWebhookSecrets(calls, deployedVariable(environment, 'secretsPrefix'));
  const bus = createEventBridgeBus({ calls, bus: deployedVariable(environment, 'bus') });

  // The first delivery tries again what fails here.
  void secrets.get(secret).catch(() => undefined);
  calls.prepare('events');
  return { bus, secrets };
}
