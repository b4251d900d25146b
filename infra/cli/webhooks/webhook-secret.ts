import { randomBytes } from 'node:crypto';
import { appendFile, chmod, readFile } from 'node:fs/promises';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import { printProgress } from '../output.ts';

/**
 * The secret that signs a sender's deliveries. Where none is set, a new one is made and written into
 * `.env`, which a running host reads at the next delivery.
 */
export async function ensureWebhookSecret(
  secrets: SecretStore,
  name: SecretName,
  envFile: string,
): Promise<string> {
  const [known] = await secrets.get(name);
  if (known !== undefined) return known;
  const secret = randomBytes(32).toString('hex');
  await appendLine(envFile, `${name}=${secret}`);
  printProgress(`A new ${name} was made and written into ${envFile}.`);
  return secret;
}

/** Nobody else on the machine needs to read it. */
async function appendLine(file: string, line: string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => '');
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  await appendFile(file, `${gap}${line}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
}
