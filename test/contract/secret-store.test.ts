import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { unsetSecret } from '../../infra/cli/secrets/secret-versions.ts';
import { createSdkCalls } from '../../lib/adapters/aws/calls/sdk-calls.ts';
import { createSignedCalls } from '../../lib/adapters/aws/calls/signed/signed-calls.ts';
import { createAwsSecrets } from '../../lib/adapters/aws/secrets/secret-store.ts';
import { createWebhookSecrets } from '../../lib/adapters/aws/secrets/webhook-secrets.ts';
import { createEnvironmentSecrets } from '../../lib/adapters/environment/secret-store.ts';
import type { SecretName } from '../../lib/domain/secret-names.ts';
import type { SecretPresence, SecretStore } from '../../lib/ports/secret-store.ts';
import { setLogSink } from '../../lib/runtime/logging.ts';
import { startedAws } from '../support/aws/started-aws.ts';
import { folderWith } from '../support/temporary-folder.ts';

const prefix = 'autonomous-cicd-test/';

interface Prepared<Secrets extends SecretStore = SecretStore> {
  secrets: Secrets;
  /** Makes it the current value; what was current is then the previous one. */
  set: (name: SecretName, value: string) => Promise<void>;
}

type WithPresence = SecretStore & SecretPresence;

async function inTheEnvironment(): Promise<Prepared<WithPresence>> {
  const envFile = join(folderWith({ '.env': '' }), '.env');
  const current = new Map<SecretName, string>();
  return {
    secrets: createEnvironmentSecrets({ environment: {}, envFile }),
    set: async (name, value) => {
      const previous = current.get(name);
      current.set(name, value);
      const before = previous === undefined ? '' : `${name}_PREVIOUS="${previous}"\n`;
      appendFileSync(envFile, `${before}${name}="${value}"\n`);
    },
  };
}

type StartedAws = Awaited<ReturnType<typeof startedAws>>;

function inSecretsManager<Secrets extends SecretStore>(
  storeOf: (aws: StartedAws) => Secrets,
  started?: StartedAws,
) {
  return async (): Promise<Prepared<Secrets>> => {
    const aws = started ?? (await startedAws());
    const client = new SecretsManagerClient(aws.clientSettings);
    const made = new Set<SecretName>();
    return {
      secrets: storeOf(aws),
      set: async (name, value) => {
        const id = `${prefix}${name.toLowerCase().replaceAll('_', '-')}`;
        if (!made.has(name)) await client.send(new CreateSecretCommand({ Name: id }));
        made.add(name);
        await client.send(new PutSecretValueCommand({ SecretId: id, SecretString: value }));
      },
    };
  };
}

function awsSecrets({ clientSettings }: StartedAws): WithPresence {
  const calls = createSdkCalls({
    secretsManager: new SecretsManagerClient(clientSettings),
    eventBridge: new EventBridgeClient(clientSettings),
  });
  return createAwsSecrets({ calls, prefix });
}

function webhookSecrets({ environment }: StartedAws): SecretStore {
  return createWebhookSecrets(createSignedCalls({ environment }), prefix);
}

const logged: string[] = [];
beforeEach(() => {
  logged.length = 0;
  setLogSink((record) => logged.push(JSON.stringify(record)));
});

const inTheEnvironmentAndInAws: [string, () => Promise<Prepared<WithPresence>>][] = [
  ['environment', inTheEnvironment],
  ['Secrets Manager', inSecretsManager(awsSecrets)],
];

describe.each([
  ...inTheEnvironmentAndInAws,
  ['Secrets Manager for webhooks', inSecretsManager(webhookSecrets)] as const,
])('SecretStore: %s', (_, prepare) => {
  test('a secret that is not set has no values', async () => {
    const { secrets } = await prepare();
    expect(await secrets.get('LINEAR_WEBHOOK_SECRET')).toEqual([]);
    expect(logged).toEqual([]);
  });

  test('a secret has its value, without the blanks around it', async () => {
    const { secrets, set } = await prepare();
    await set('LINEAR_WEBHOOK_SECRET', '  späte Wahrheit ');
    expect(await secrets.get('LINEAR_WEBHOOK_SECRET')).toEqual(['späte Wahrheit']);
    expect(await secrets.get('GITHUB_WEBHOOK_SECRET')).toEqual([]);
  });

  test('after a rotation the previous value counts as well, after another it does not', async () => {
    const { secrets, set } = await prepare();
    for (const value of ['first', 'second', 'third']) await set('GITHUB_WEBHOOK_SECRET', value);
    expect(await secrets.get('GITHUB_WEBHOOK_SECRET')).toEqual(['third', 'second']);
  });

  test('a refresh makes known what has been set since', async () => {
    const { secrets, set } = await prepare();
    await set('GITHUB_WEBHOOK_SECRET', 'first');
    expect(await secrets.get('GITHUB_WEBHOOK_SECRET')).toEqual(['first']);
    await set('GITHUB_WEBHOOK_SECRET', 'second');
    expect(await secrets.refresh()).toBe(true);
    expect(await secrets.get('GITHUB_WEBHOOK_SECRET')).toEqual(['second', 'first']);
  });
});

describe.each(inTheEnvironmentAndInAws)('SecretStore with checks: %s', (_, prepare) => {
  test('tells whether a secret is set, at once after it was', async () => {
    const { secrets, set } = await prepare();
    expect(await secrets.isSet('LINEAR_WEBHOOK_SECRET')).toBe(false);
    await set('LINEAR_WEBHOOK_SECRET', 'first');
    expect(await secrets.isSet('LINEAR_WEBHOOK_SECRET')).toBe(true);
    expect(await secrets.isSet('GITHUB_WEBHOOK_SECRET')).toBe(false);
  });

  test('a secret of the wrong shape has no values, and the log does not tell it', async () => {
    const { secrets, set } = await prepare();
    await set('CODEGEN_ORG_ID', '42');
    await set('CODEGEN_ORG_ID', 'forty-two');
    expect(await secrets.get('CODEGEN_ORG_ID')).toEqual([]);
    expect(logged).toEqual([expect.stringMatching(/codegen.org.id: must be a whole number/i)]);
    expect(logged.join()).not.toContain('forty-two');
  });
});

test('in Secrets Manager a wrong value that was put right does not count and is not told', async () => {
  const { secrets, set } = await inSecretsManager(awsSecrets)();
  await set('CODEGEN_ORG_ID', 'forty-two');
  await set('CODEGEN_ORG_ID', '42');
  expect(await secrets.get('CODEGEN_ORG_ID')).toEqual(['42']);
  expect(logged).toEqual([]);
});

test('in Secrets Manager a secret that was unset is not set, until it is set again', async () => {
  const aws = await startedAws();
  const { secrets, set } = await inSecretsManager(awsSecrets, aws)();
  const vault = { client: new SecretsManagerClient(aws.clientSettings), prefix };
  await set('LINEAR_WEBHOOK_SECRET', 'first');
  await unsetSecret(vault, 'LINEAR_WEBHOOK_SECRET');
  expect(await secrets.isSet('LINEAR_WEBHOOK_SECRET')).toBe(false);
  expect(await secrets.get('LINEAR_WEBHOOK_SECRET')).toEqual([]);
  await set('LINEAR_WEBHOOK_SECRET', 'second');
  expect(await secrets.isSet('LINEAR_WEBHOOK_SECRET')).toBe(true);
});

test('in Secrets Manager a secret is not taken for missing that cannot be asked after now', async () => {
  const aws = await startedAws();
  aws.script({ service: 'secretsmanager', operation: 'DescribeSecret', act: 'error500' });
  const asking = awsSecrets(aws).isSet('LINEAR_WEBHOOK_SECRET');
  await expect(asking).rejects.toMatchObject({ name: 'UpstreamError', retryable: true });
});
