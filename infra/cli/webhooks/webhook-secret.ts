import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, chmod, readFile, truncate } from 'node:fs/promises';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import { printProgress } from '../output.ts';

const newline = 0x0a;

/**
 * The secret that signs a sender's deliveries. Where none is set, a new one is made and written into
 * `.env`, which a running host reads at the next delivery.
 * @throws UpstreamError when the host would not find there what was written: it could verify no delivery
 */
export async function ensureWebhookSecret(
  secrets: SecretStore,
  name: SecretName,
  envFile: string,
): Promise<string> {
  const [known] = await secrets.get(name);
  if (known !== undefined) return known;
  const secret = randomBytes(32).toString('hex');
  const sizeBefore = await appendLine(envFile, `${name}=${secret}`);
  await secrets.refresh();
  const [found] = await secrets.get(name);
  if (found !== secret) {
    await truncate(envFile, sizeBefore);
    throw new UpstreamError(
      `${name} was written into ${envFile}, but is not what counts: set it there or in the environment.`,
      { service: 'secrets', retryable: false },
    );
  }
  printProgress(`A new ${name} was made and written into ${envFile}.`);
  return secret;
}

/** Nobody else on the machine needs to read it. @returns how many bytes there were before */
async function appendLine(file: string, line: string): Promise<number> {
  const before = existsSync(file) ? await readFile(file) : Buffer.alloc(0);
  const gap = before.length === 0 || before.at(-1) === newline ? '' : '\n';
  await appendFile(file, `${gap}${line}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return before.length;
}
