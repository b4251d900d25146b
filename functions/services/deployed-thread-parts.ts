import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { callLimits } from '../../lib/adapters/aws/calls/calls.ts';
import { createSdkCalls } from '../../lib/adapters/aws/calls/sdk-calls.ts';
import { clientSettings } from '../../lib/adapters/aws/client-settings.ts';
import { createS3Blobs } from '../../lib/adapters/aws/s3/blobs.ts';
import { createS3Client } from '../../lib/adapters/aws/s3/client.ts';
import { createAwsSecrets } from '../../lib/adapters/aws/secrets/secret-store.ts';
import { deployedVariable } from '../../lib/runtime/deployed-environment.ts';
import { refusedFolders } from '../../lib/runtime/source-hosts.ts';
import type { ThreadParts } from './thread-services.ts';

/** In a Lambda function. */
export function deployedThreadParts(): ThreadParts {
  const environment = process.env;
  const limits = { maxAttempts: callLimits.attempts, requestTimeout: callLimits.attemptMs };
  const settings = clientSettings(limits);
  const calls = createSdkCalls({
    secretsManager: new SecretsManagerClient(settings),
    eventBridge: new EventBridgeClient(settings),
  });
  return {
    blobs: createS3Blobs({
      client: createS3Client(),
      bucket: deployedVariable(environment, 'bucket'),
    }),
    folders: refusedFolders,
    secrets: createAwsSecrets({ calls, prefix: deployedVariable(environment, 'secretsPrefix') }),
  };
}
