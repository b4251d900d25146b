import type { SecretName } from '../../../domain/secret-names.ts';
import type { SecretCalls, SecretStage } from '../calls/calls.ts';

/** The values of a secret by their version; undefined where there is none. */
export interface LiveValues {
  current: string | undefined;
  previous: string | undefined;
}

/**
 * `autonomous-cicd-dev/linear-api-key`
 * @param prefix `autonomous-cicd-dev/`
 */
export function storedNameOf(name: SecretName, prefix: string): string {
  return `${prefix}${name.toLowerCase().replaceAll('_', '-')}`;
}

/**
 * Reads the current and the previous value at the same time.
 * @param storedName as Secrets Manager knows it
 * @throws UpstreamError when one of them cannot be read
 */
export async function readLiveValues(calls: SecretCalls, storedName: string): Promise<LiveValues> {
  const read = async (stage: SecretStage) => {
    const value = (await calls.getSecretValue(storedName, stage))?.trim();
    return value === '' ? undefined : value;
  };
  const current = read('AWSCURRENT');
  const previous = read('AWSPREVIOUS');
  // A reading that has failed leaves nothing under way.
  await Promise.allSettled([current, previous]);
  return { current: await current, previous: await previous };
}

/** In the order in which they are tried. Without a current value nothing is valid any more. */
export function valuesIn({ current, previous }: LiveValues): readonly string[] {
  if (current === undefined) return [];
  return previous === undefined || previous === current ? [current] : [current, previous];
}
