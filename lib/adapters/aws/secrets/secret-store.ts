import type { SecretPresence, SecretStore } from '../../../ports/secret-store.ts';
import { createLogger } from '../../../runtime/logging.ts';
import { secretProblem } from '../../../runtime/secrets.ts';
import type { SecretCalls, SecretDescriptions } from '../calls/calls.ts';
import { readLiveValues, storedNameOf, valuesIn } from './live-values.ts';
import { createSecretCache } from './secret-cache.ts';

/**
 * Secrets of Secrets Manager. One that is of no use as it is has no values, and the log says what is wrong
 * with it.
 * @param prefix before their names: `autonomous-cicd-dev/`
 * @param now milliseconds since the epoch
 */
export function createAwsSecrets(options: {
  calls: SecretCalls & SecretDescriptions;
  prefix: string;
  now?: () => number;
}): SecretStore & SecretPresence {
  const { calls, now, prefix } = options;
  const log = createLogger();

  const cache = createSecretCache(async (name) => {
    const storedName = storedNameOf(name, prefix);
    const { current, previous } = await readLiveValues(calls, storedName);
    const problem = current === undefined ? undefined : secretProblem(name, current);
    if (problem !== undefined) {
      log.error('Some secrets cannot be used', { problems: `${storedName}: ${problem}` });
      return [];
    }
    // A wrong one that was put right since is not worth a word.
    const isUsable = previous !== undefined && secretProblem(name, previous) === undefined;
    return valuesIn({ current, previous: isUsable ? previous : undefined });
  }, now);

  return { ...cache, isSet: (name) => calls.hasValue(storedNameOf(name, prefix)) };
}
