import { createPrivateKey } from 'node:crypto';
import { ConfigError } from '../../../domain/errors.ts';
import type { SecretStore } from '../../../ports/secret-store.ts';

/** Who we are on GitHub. */
export type Credentials =
  | { kind: 'none' }
  | { kind: 'token'; token: string }
  /** `privateKey` as PEM, PKCS #8. */
  | { kind: 'app'; appId: string; privateKey: string };

/**
 * As they are set now: an App has precedence over a token, whose owner would be named as the author.
 * @throws ConfigError for values that cannot be used, without showing them
 */
export async function readCredentials(secrets: SecretStore): Promise<Credentials> {
  const [appId] = await secrets.get('GITHUB_APP_ID');
  const [privateKey] = await secrets.get('GITHUB_APP_PRIVATE_KEY');
  if (appId !== undefined && privateKey !== undefined) return appCredentials(appId, privateKey);
  if (appId !== undefined) throw missing('GITHUB_APP_PRIVATE_KEY', 'GITHUB_APP_ID');
  if (privateKey !== undefined) throw missing('GITHUB_APP_ID', 'GITHUB_APP_PRIVATE_KEY');

  const [token] = await secrets.get('GITHUB_TOKEN');
  if (token === undefined) return { kind: 'none' };
  // The error about a header that cannot hold it would show it.
  if (/^[\x21-\x7e]+$/.test(token)) return { kind: 'token', token };
  throw new ConfigError(['GITHUB_TOKEN: must be plain characters without spaces']);
}

function appCredentials(appId: string, privateKey: string): Credentials {
  if (!/^[\w.-]+$/.test(appId)) {
    throw new ConfigError(['GITHUB_APP_ID: must be the App ID (a number) or its client ID']);
  }
  return { kind: 'app', appId, privateKey: toPkcs8(privateKey) };
}

/** GitHub hands out PKCS #1; on one line of a `.env` file, line ends are written out as `\n`. */
function toPkcs8(pem: string): string {
  try {
    const key = createPrivateKey(pem.replaceAll(String.raw`\n`, '\n'));
    if (key.asymmetricKeyType === 'rsa') {
      return key.export({ type: 'pkcs8', format: 'pem' }).toString();
    }
  } catch {
    // What the parser says could quote the key.
  }
  throw new ConfigError([
    String.raw`GITHUB_APP_PRIVATE_KEY: is no RSA key in PEM format (line ends may be written as \n)`,
  ]);
}

function missing(name: string, other: string): ConfigError {
  return new ConfigError([`${name}: is missing, ${other} is set`]);
}
