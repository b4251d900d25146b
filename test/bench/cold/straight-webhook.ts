import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The part of an API Gateway event that it needs. */
interface Delivery {
  headers: Record<string, string | undefined>;
  body: string;
}

const secretsManager = new SecretsManagerClient({});
const eventBridge = new EventBridgeClient({});
let secret: string | undefined;

/**
 * The work of a webhook function as one would write it straight with the SDK: the secret once, the
 * signature, the event. No retries of its own, no second secret, no limits, no refusals in words.
 */
export async function handler({ body, headers }: Delivery): Promise<{ statusCode: number }> {
  secret ??= await fetchSecret();
  const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const signature = headers['x-hub-signature-256'] ?? '';
  if (signature.length !== expected.length) return { statusCode: 401 };
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return { statusCode: 401 };

  const payload = JSON.parse(body);
  const event = {
    type: headers['x-github-event'],
    deliveryId: headers['x-github-delivery'],
    repository: payload.repository.full_name,
    ref: payload.ref,
    sender: payload.sender.login,
  };
  const { FailedEntryCount } = await eventBridge.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: 'straight',
          DetailType: 'delivery',
          Detail: JSON.stringify(event),
          EventBusName: process.env['CICD_BUS'],
        },
      ],
    }),
  );
  return { statusCode: FailedEntryCount === 0 ? 202 : 503 };
}

async function fetchSecret(): Promise<string> {
  const SecretId = `${process.env['CICD_SECRETS_PREFIX']}github-webhook-secret`;
  const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId }));
  return SecretString ?? '';
}
