import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { ConfigError } from '../../domain/errors.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { createLogger } from '../../runtime/logging.ts';
import { readSecrets, type Secrets } from '../../runtime/secrets.ts';

/**
 * Secrets of the environment that the process was started with, which has precedence, and of `.env`. The
 * file is read at first use and at every `refresh`, also twice in a second: it is small, and a delivery
 * signed with a secret that was written just now would be lost otherwise.
 */
export function createEnvironmentSecrets(options: {
  environment: Readonly<Record<string, string | undefined>>;
  envFile: string;
}): SecretStore {
  const { environment, envFile } = options;
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined),
  );
  const report = createProblemReport();
  let fromFile: Record<string, string | undefined> = {};
  let known: Secrets = {};

  const readAnew = neverTwiceAtOnce(async () => {
    const problems: string[] = [];
    try {
      fromFile = parseEnv(await readEnvFile(envFile));
    } catch (error) {
      problems.push(`.env cannot be read: ${codeOf(error)}`);
    }
    try {
      known = readSecrets({ ...fromFile, ...set });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
    }
    report(problems);
  });

  let first: Promise<void> | undefined;
  return {
    get: async (name) => {
      first ??= readAnew();
      await first;
      return known[name] ?? [];
    },
    refresh: async () => {
      await readAnew();
      return true;
    },
  };
}

/** Whoever asks gets a run of `work` that begins afterwards; those who wait for it share one. */
function neverTwiceAtOnce(work: () => Promise<void>): () => Promise<void> {
  let current = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= current.then(() => {
      next = undefined;
      current = work();
      return current;
    });
    return next;
  };
}

async function readEnvFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/** Logs problems when they change, not at every reading. */
function createProblemReport(): (problems: readonly string[]) => void {
  const log = createLogger();
  let last = '';
  return (problems) => {
    const text = problems.join('; ');
    if (text !== '' && text !== last) {
      log.error('Secrets cannot be read anew; those known before stay in use', { problems: text });
    }
    last = text;
  };
}
