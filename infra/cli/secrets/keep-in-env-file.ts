import { existsSync } from 'node:fs';
import { appendFile, chmod, readFile, truncate } from 'node:fs/promises';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import type { KeepSecret } from '../webhooks/webhook-secret.ts';

const newline = 0x0a;

/** Keeps secrets in `.env`, behind what stands there, and looks whether that is what counts. */
export function keepInEnvFile(secrets: SecretStore, envFile: string): KeepSecret {
  return async (name, value) => {
    const sizeBefore = await appendLine(envFile, `${name}=${value}`);
    await secrets.refresh();
    const [found] = await secrets.get(name);
    if (found === value) return envFile;
    await truncate(envFile, sizeBefore);
    throw new UpstreamError(
      `${name} was written into ${envFile}, but is not what counts: set it there or in the environment.`,
      { service: 'secrets', retryable: false },
    );
  };
}

/** Nobody else on the machine needs to read it. @returns how many bytes there were before */
async function appendLine(file: string, line: string): Promise<number> {
  const before = existsSync(file) ? await readFile(file) : Buffer.alloc(0);
  const gap = before.length === 0 || before.at(-1) === newline ? '' : '\n';
  await appendFile(file, `${gap}${line}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return before.length;
}
