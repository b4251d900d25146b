import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { rotateSecret, type Rotation } from '../../../infra/cli/secrets/rotate-secret.ts';
import { isRotating, requireSecretVersions } from '../../../infra/cli/secrets/secret-versions.ts';
import type { WebhookOutcome } from '../../../infra/cli/webhooks/outcome.ts';
import { createSdkCalls } from '../../../lib/adapters/aws/calls/sdk-calls.ts';
import { createAwsSecrets } from '../../../lib/adapters/aws/secrets/secret-store.ts';
import { startedAws } from '../../support/aws/started-aws.ts';

const name = 'GITHUB_WEBHOOK_SECRET';
const prefix = 'autonomous-cicd-test/';

const outcome = (done: WebhookOutcome['done']): WebhookOutcome => {
  return { place: 'GitHub acme/shop', done, detail: '' };
};

/** A secret without a value, and what happens while it is rotated, in order. */
async function begin() {
  const { clientSettings } = await startedAws();
  const client = new SecretsManagerClient(clientSettings);
  const eventBridge = new EventBridgeClient(clientSettings);
  const calls = createSdkCalls({ secretsManager: client, eventBridge });
  const id = `${prefix}github-webhook-secret`;
  await client.send(new CreateSecretCommand({ Name: id }));
  const vault = { client, prefix };
  const happened: string[] = [];
  const readCurrent = async () =>
    (await client.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
  const rotate = (...outcomes: WebhookOutcome[]) => {
    const rotation: Rotation = {
      vault,
      name,
      secrets: createAwsSecrets({ calls, prefix }),
      force: false,
      now: Date.now,
      tell: () => {},
      wait: async (milliseconds) => {
        happened.push(`${milliseconds} ms after ${await readCurrent()}`);
      },
      switchSender: async (value) => {
        happened.push(`switched to ${value}`);
        return outcomes;
      },
    };
    return rotateSecret(rotation);
  };
  return { happened, readCurrent, rotate, versions: () => requireSecretVersions(vault, name) };
}

test('the first value waits for nobody, and is done where there is no webhook yet', async () => {
  const { happened, readCurrent, rotate } = await begin();
  expect(await rotate(outcome('nothing to do'))).toMatchObject({ finished: true });
  expect(happened).toEqual([`switched to ${await readCurrent()}`]);
});

test('functions have time to learn of a further value before the sender signs with it', async () => {
  const { happened, readCurrent, rotate } = await begin();
  await rotate(outcome('updated'));
  happened.length = 0;
  expect(await rotate(outcome('updated'), outcome('nothing to do'))).toMatchObject({
    finished: true,
  });
  const value = await readCurrent();
  expect(happened).toEqual([`12000 ms after ${value}`, `switched to ${value}`]);
});

test('webhooks that are not to be seen are none that were switched: the rotation stays open', async () => {
  const { readCurrent, rotate, versions } = await begin();
  await rotate(outcome('updated'));
  expect(await rotate(outcome('nothing to do'))).toMatchObject({ finished: false });
  const value = await readCurrent();
  expect(isRotating(await versions())).toBe(true);

  expect(await rotate(outcome('updated'))).toMatchObject({ finished: true });
  expect(await readCurrent()).toBe(value);
  expect(isRotating(await versions())).toBe(false);
});
