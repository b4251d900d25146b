import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createSdkCalls } from '../../../lib/adapters/aws/calls/sdk-calls.ts';
import { createEventBridgeBus } from '../../../lib/adapters/aws/events/bus.ts';
import { createWebhookSecrets } from '../../../lib/adapters/aws/secrets/webhook-secrets.ts';
import { githubSender } from '../../../lib/adapters/github/webhooks/webhook-sender.ts';
import { deployedVariable } from '../../../lib/runtime/deployed-environment.ts';
import { createWebhookHandler } from '../../../lib/runtime/webhook-handler.ts';

const { env } = process;

/** Of the environment, which spares the SDK to look for them. */
const credentials = {
  accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
  ...(env['AWS_SESSION_TOKEN'] !== undefined && { sessionToken: env['AWS_SESSION_TOKEN'] }),
};
const calls = createSdkCalls({
  secretsManager: new SecretsManagerClient({ credentials }),
  eventBridge: new EventBridgeClient({ credentials }),
});
const secrets = createWebhookSecrets(calls, deployedVariable(env, 'secretsPrefix'));
const bus = createEventBridgeBus({ calls, bus: deployedVariable(env, 'bus') });
void secrets.get(githubSender.secret).catch(() => undefined);

/** Our webhook function as it would be with the SDK's clients in place of the small one. */
export const handler = createWebhookHandler(githubSender, () => ({ bus, secrets }));
