import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepInEnvFile } from '../../../../infra/cli/secrets/keep-in-env-file.ts';
import { ensureWebhookSecret } from '../../../../infra/cli/webhooks/webhook-secret.ts';
import { createEnvironmentSecrets } from '../../../../lib/adapters/environment/secret-store.ts';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import type { SecretStore } from '../../../../lib/ports/secret-store.ts';
import { folderWith } from '../../../support/temporary-folder.ts';

const name = 'GITHUB_WEBHOOK_SECRET';

test('a secret that is made is the one that is found then, and is made once', async () => {
  const envFile = join(folderWith({ '.env': `${name}=\n` }), '.env');
  const secrets = createEnvironmentSecrets({ environment: { [name]: ' ' }, envFile });
  const place = { secrets, keepSecret: keepInEnvFile(secrets, envFile) };
  const made = await ensureWebhookSecret(place, name);
  expect(await secrets.get(name)).toEqual([made]);
  expect(await ensureWebhookSecret(place, name)).toBe(made);
  expect(readFileSync(envFile, 'utf8')).toBe(`${name}=\n${name}=${made}\n`);
});

test.each(['OTHER=1\n', 'OTHER=1', ''])(
  'one that is not found where it was written is told by name, and not left in %j',
  async (before) => {
    const envFile = join(folderWith({ '.env': before }), '.env');
    const elsewhere: SecretStore = { get: async () => [], refresh: async () => true };
    const place = { secrets: elsewhere, keepSecret: keepInEnvFile(elsewhere, envFile) };
    const failure = await ensureWebhookSecret(place, name).catch((error) => error);
    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toContain(name);
    expect(failure.message).not.toMatch(/[0-9a-f]{64}/);
    expect(readFileSync(envFile, 'utf8')).toBe(before);
  },
);
