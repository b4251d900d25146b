import { setTimeout as delay } from 'node:timers/promises';
import type { SecretPresence, SecretStore } from '../../ports/secret-store.ts';
import { createLogger } from '../../runtime/logging.ts';
import { onlySet, parseSecrets, type Secrets } from '../../runtime/secrets.ts';
import { openEnvFile, type Variables } from './env-file.ts';

/** Milliseconds within which a file that is being saved has its new content. */
const savingMs = 50;

/**
 * Secrets of the environment that the process was started with, which has precedence, and of `.env`. The
 * file is read at first use, whenever it has changed, and at every `refresh`, also twice in a second: it is
 * small, a delivery signed with a secret that was written just now would be lost otherwise, and one signed
 * with a secret that was taken out just now would be accepted.
 */
export function createEnvironmentSecrets(options: {
  environment: Variables;
  envFile: string;
  /** Waits while the file may be in the middle of being saved; default: 50 ms. */
  untilSaved?: () => Promise<unknown>;
}): SecretStore & SecretPresence {
  const { environment, envFile, untilSaved = () => delay(savingMs) } = options;
  const set = onlySet(environment);
  const file = openEnvFile(envFile, untilSaved);
  const report = createProblemReport();
  let known: Secrets = {};

  const readAnew = neverTwiceAtOnce(async () => {
    const failure = await file.read();
    const { problems, secrets } = parseSecrets({ ...file.variables(), ...set });
    known = secrets;
    report(failure === undefined ? problems : [`.env cannot be read: ${failure}`, ...problems]);
  });

  const get: SecretStore['get'] = async (name) => {
    if (file.hasChanged()) await readAnew();
    return known[name] ?? [];
  };

  return {
    get,
    // One that is of no use is as good as none here: whoever works at this machine reads why in the log.
    isSet: async (name) => (await get(name)).length > 0,
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
    const begin = () => {
      next = undefined;
      current = work();
      return current;
    };
    // Who waits for the next run has no part in the failure of the one before.
    next ??= current.then(begin, begin);
    return next;
  };
}

/** Logs problems when they change, not at every reading. */
function createProblemReport(): (problems: readonly string[]) => void {
  const log = createLogger();
  let last = '';
  return (problems) => {
    const text = problems.join('; ');
    const isNews = text !== last;
    last = text;
    if (isNews && text !== '') log.error('Some secrets cannot be read or used', { problems: text });
  };
}
