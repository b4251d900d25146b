import type { SecretName } from '../../lib/domain/secret-names.ts';
import { isDeployed } from '../../lib/runtime/deployed-environment.ts';
import { hostServices } from '../../lib/runtime/host-services.ts';
import type { WebhookServices } from '../../lib/runtime/webhook-handler.ts';

/**
 * What a webhook function works with: the parts of the local host that runs it, which loads nothing for it,
 * or its own on AWS, which are made while the function starts.
 * @param secret by which deliveries are signed
 */
export async function webhookServices(secret: SecretName): Promise<() => WebhookServices> {
  if (!isDeployed(process.env)) return hostServices;
  const { deployedWebhookServices } = await import('./deployed-webhook-services.ts');
  const services = deployedWebhookServices(secret);
  return () => services;
}
