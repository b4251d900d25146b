import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  callLimits,
  type EventCalls,
  type SecretCalls,
  type SecretDescriptions,
} from '../../lib/adapters/aws/calls/calls.ts';
import { createSdkCalls } from '../../lib/adapters/aws/calls/sdk-calls.ts';
import { clientSettings } from '../../lib/adapters/aws/client-settings.ts';

/** Secrets Manager and EventBridge, by the SDK: where flows run, the start of a process is no matter. */
export function deployedCalls(): SecretCalls & SecretDescriptions & EventCalls {
  const settings = clientSettings({
    maxAttempts: callLimits.attempts,
    requestTimeout: callLimits.attemptMs,
  });
  return createSdkCalls({
    secretsManager: new SecretsManagerClient(settings),
    eventBridge: new EventBridgeClient(settings),
  });
}
