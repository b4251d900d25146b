import type { SecretName } from '../../domain/secret-names.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { isRefused, isSameApp, type AccessTokens, type AppSecrets } from './access-token.ts';
import { final, type CredentialKind } from './failures.ts';

/** What a request proves who is asking with. */
export interface Authorization {
  /** Value of the header. */
  header: string;
  kind: CredentialKind;
}

/**
 * An app and a person's API key may both be set. The app goes first: what it writes can be told from what
 * people do. What only an administrator may do is asked for with the key.
 */
export interface Credentials {
  isConfigured(): Promise<boolean>;
  /** Whether those of the app are among them: some things only the app itself may do. */
  isAppConfigured(): Promise<boolean>;
  /**
   * @param spend called before a request is made for a token
   * @throws UpstreamError when none are set, or no header can hold them
   */
  authorize(preferred: CredentialKind, spend: () => void): Promise<Authorization>;
  /** After these were not accepted: true when others can be had. */
  renew(rejected: Authorization): Promise<boolean>;
}

/**
 * The secrets are asked for at each use: a new one counts without a restart. Where one is refused they are
 * read anew, because a store may hold on to what it has read before.
 */
export function createCredentials(secrets: SecretStore, tokens: AccessTokens): Credentials {
  const current = async (name: SecretName): Promise<string | undefined> => {
    const [value] = await secrets.get(name);
    // The error about the header would show it.
    if (value === undefined || /^[\x21-\x7e]+$/.test(value)) return value;
    throw final(`${name} must be plain characters without spaces: no header can hold it.`);
  };
  const appSecrets = async (): Promise<AppSecrets | undefined> => {
    const clientId = await current('LINEAR_CLIENT_ID');
    const clientSecret = await current('LINEAR_CLIENT_SECRET');
    if (clientId === undefined || clientSecret === undefined) return undefined;
    return { clientId, clientSecret };
  };
  const tokenOf = async (app: AppSecrets, spend: () => void): Promise<string> => {
    try {
      return await tokens.get(app, spend);
    } catch (error) {
      if (!isRefused(error)) throw error;
      await secrets.refresh();
      const renewed = await appSecrets();
      if (renewed === undefined || isSameApp(renewed, app)) throw error;
      return tokens.get(renewed, spend);
    }
  };
  const isSet = async (name: SecretName) => (await secrets.get(name)).length > 0;
  const isAppConfigured = async () =>
    (await isSet('LINEAR_CLIENT_ID')) && (await isSet('LINEAR_CLIENT_SECRET'));

  return {
    isConfigured: async () => (await isSet('LINEAR_API_KEY')) || (await isAppConfigured()),
    isAppConfigured,
    authorize: async (preferred, spend) => {
      const app = await appSecrets();
      const apiKey = await current('LINEAR_API_KEY');
      if (apiKey !== undefined && (preferred === 'api-key' || app === undefined)) {
        return { header: apiKey, kind: 'api-key' };
      }
      if (app !== undefined) {
        return { header: `Bearer ${await tokenOf(app, spend)}`, kind: 'app' };
      }
      throw final(
        'No credentials for Linear: set LINEAR_API_KEY, or LINEAR_CLIENT_ID and LINEAR_CLIENT_SECRET.',
      );
    },
    renew: async ({ header, kind }) => {
      if (kind === 'app') {
        // Whether the app's secret has changed as well shows when the next token is asked for.
        tokens.forget(header.replace(/^Bearer /, ''));
        return true;
      }
      await secrets.refresh();
      const renewed = await current('LINEAR_API_KEY');
      return renewed !== undefined && renewed !== header;
    },
  };
}
