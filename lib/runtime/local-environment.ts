import { ConfigError } from '../domain/errors.ts';
import { outsideAddressSchema } from './config-schema.ts';

/** Set by the local host for the functions that it runs: where its data is, and its `.env` file. */
export const dataFolderVariable = 'CICD_DATA';
export const envFileVariable = 'CICD_ENV_FILE';

/** The name that GitHub's own tools use. */
const githubApiVariable = 'GITHUB_API_URL';
const linearApiVariable = 'LINEAR_API_URL';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The data folder of the local host that runs this function.
 * @throws ConfigError outside a host
 */
export function dataFolder(environment: Environment): string {
  return setByHost(environment, dataFolderVariable);
}

/**
 * The `.env` file of the local host that runs this function; it need not exist.
 * @throws ConfigError outside a host
 */
export function envFile(environment: Environment): string {
  return setByHost(environment, envFileVariable);
}

function setByHost(environment: Environment, variable: string): string {
  const value = environment[variable];
  if (value !== undefined && value !== '') return value;
  throw new ConfigError([`${variable}: is not set; the local host sets it`]);
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
