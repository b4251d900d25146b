import { ConfigError } from '../domain/errors.ts';
import { outsideAddressSchema } from './config-schema.ts';
import { parseSecrets } from './secrets.ts';

/** Set by the local host for the functions that it runs. */
export const dataFolderVariable = 'CICD_DATA';

/** The name that GitHub's own tools use. */
const githubApiVariable = 'GITHUB_API_URL';
const linearApiVariable = 'LINEAR_API_URL';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The data folder of the local host that runs this function.
 * @throws ConfigError outside a host
 */
export function dataFolder(environment: Environment): string {
  const folder = environment[dataFolderVariable];
  if (folder === undefined || folder === '') {
    throw new ConfigError([`${dataFolderVariable}: is not set; it names the data folder`]);
  }
  return folder;
}

/** Where GitHub's API is, and who asks. */
export interface GithubAccess {
  apiUrl: string;
  /** Absent for public repositories only. Of any length. */
  token: string | undefined;
}

/**
 * GitHub as this process is to use it.
 * @throws ConfigError for an address that is not encrypted, and for a token that no header can hold: the
 *   error about the header would show it
 */
export function githubAccess(environment: Environment): GithubAccess {
  const apiUrl = githubApiUrl(environment);
  const [token] = parseSecrets(environment).secrets.GITHUB_TOKEN ?? [];
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new ConfigError(['GITHUB_TOKEN: must be plain characters without spaces']);
  }
  return { apiUrl, token };
}

/** Address of GitHub's API without a slash at the end. @throws ConfigError for one that is not encrypted */
export function githubApiUrl(environment: Environment): string {
  return addressIn(environment, githubApiVariable, 'https://api.github.com');
}

/** Address of Linear's GraphQL API. @throws ConfigError for one that is not encrypted */
export function linearApiUrl(environment: Environment): string {
  return addressIn(environment, linearApiVariable, 'https://api.linear.app/graphql');
}

function addressIn(environment: Environment, variable: string, usual: string): string {
  const address = environment[variable]?.trim() || usual;
  if (!outsideAddressSchema.safeParse(address).success) {
    throw new ConfigError([
      `${variable}: must be an https:// address (http:// only for localhost)`,
    ]);
  }
  return address.replace(/\/+$/, '');
}
