import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { onTestFinished } from 'vitest';
import type { EventCalls, SecretCalls } from '../../lib/adapters/aws/calls/calls.ts';
import { createSdkCalls } from '../../lib/adapters/aws/calls/sdk-calls.ts';
import { createSignedCalls } from '../../lib/adapters/aws/calls/signed/signed-calls.ts';
import { clientSettings } from '../../lib/adapters/aws/client-settings.ts';

/**
 * Attempts are short, so that a test can wait until nobody has answered. Where it is throttled, the SDK pauses for
 * seconds.
 */
export const shortLimits = { attempts: 3, attemptMs: 300, inAllMs: 8_000 };

type AwsCalls = SecretCalls & EventCalls;

/** Makes calls by the variables of a Lambda function, `AWS_ENDPOINT_URL` among them. */
export type MakeCalls = (environment: Readonly<Record<string, string>>) => AwsCalls;

function sdkCalls(environment: Readonly<Record<string, string>>): AwsCalls {
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  const settings = {
    ...clientSettings({ maxAttempts: shortLimits.attempts, requestTimeout: shortLimits.attemptMs }),
    endpoint: environment['AWS_ENDPOINT_URL'] ?? '',
    region: environment['AWS_REGION'] ?? '',
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      ...(sessionToken !== undefined && { sessionToken }),
    },
  };
  const secretsManager = new SecretsManagerClient(settings);
  const eventBridge = new EventBridgeClient(settings);
  onTestFinished(() => {
    secretsManager.destroy();
    eventBridge.destroy();
  });
  return createSdkCalls({ secretsManager, eventBridge, limits: shortLimits });
}

/** Both implementations of the two ports to AWS. */
export const callImplementations: [name: string, make: MakeCalls][] = [
  ['by the SDK', sdkCalls],
  ['signed only', (environment) => createSignedCalls({ environment, limits: shortLimits })],
];
