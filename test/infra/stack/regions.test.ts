import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { durableRegions } from '../../../infra/durable-regions.ts';
import { addressOf } from '../../../lib/adapters/aws/calls/signed/service-address.ts';

/** What clients of the SDK know of addresses. */
const sdk = {
  events: new EventBridgeClient().config.endpointProvider,
  secretsmanager: new SecretsManagerClient().config.endpointProvider,
};

test.each([...durableRegions])('in %s the webhooks find what the SDK would find', (region) => {
  const ask = { Region: region, UseDualStack: false, UseFIPS: false };
  for (const service of ['events', 'secretsmanager'] as const) {
    expect(addressOf(service, { AWS_REGION: region })).toEqual(sdk[service](ask).url);
  }
});
