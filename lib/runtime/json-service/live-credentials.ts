import type { SecretName } from '../../domain/secret-names.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { final, type ServiceName } from './refusals.ts';

/** What a request proves by who is asking. */
export interface ServiceCredentials {
  /** Goes behind `Bearer`. */
  token: string;
}

/** What is valid now: while secrets are rotated, a service may take the new ones or the old. */
export interface LiveCredentials<Credentials extends ServiceCredentials> {
  /** Those to try first. @throws UpstreamError when none are set */
  current(): Promise<Credentials>;
  /** After these were not accepted: reads the secrets anew. Undefined when there are no others. */
  otherThan(refused: Credentials): Promise<Credentials | undefined>;
}

/** @param read all that may be valid, the newest first; throws UpstreamError when none are set */
export function createLiveCredentials<Credentials extends ServiceCredentials>(
  secrets: SecretStore,
  read: () => Promise<readonly [Credentials, ...Credentials[]]>,
): LiveCredentials<Credentials> {
  let refusedLast: string | undefined;
  return {
    current: async () => {
      const known = await read();
      return known.find(({ token }) => token !== refusedLast) ?? known[0];
    },
    otherThan: async (refused) => {
      refusedLast = refused.token;
      await secrets.refresh();
      return (await read()).find(({ token }) => token !== refused.token);
    },
  };
}

/**
 * All values of a secret that can stand in a header, the current one first.
 * @throws UpstreamError when it is not set, or no header can hold it
 */
export async function liveValues(
  secrets: SecretStore,
  secret: SecretName,
  name: ServiceName,
): Promise<readonly [string, ...string[]]> {
  const [current, ...previous] = await secrets.get(secret);
  if (current === undefined) throw final(name, `No credentials for ${name.title}: set ${secret}.`);
  // The error about the header would show it.
  if ([current, ...previous].every((value) => /^[\x21-\x7e]+$/.test(value))) {
    return [current, ...previous];
  }
  throw final(name, `${secret} must be plain characters without spaces: no header can hold it.`);
}
