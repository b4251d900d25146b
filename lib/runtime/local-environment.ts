import { ConfigError } from '../domain/errors.ts';
import { outsideAddressSchema } from './config-schema.ts';

/** Set by the local host for the functions that it runs: where its data is, and its `.env` file. */
export const dataFolderVariable = 'CICD_DATA';
export const envFileVariable = 'CICD_ENV_FILE';

/** In the environment of an agent's command: the id of its agent run. Who is called with it is no person. */
export const agentRunVariable = 'CICD_AGENT_RUN';

/** The name that GitHub's own tools use. */
const githubApiVariable = 'GITHUB_API_URL';
const linearApiVariable = 'LINEAR_API_URL';
const codegenApiVariable = 'CODEGEN_API_URL';
const cursorApiVariable = 'CURSOR_API_URL';
/** Where repositories are cloned from, and agents find them; GitHub's own tools use this name too. */
const githubServerVariable = 'GITHUB_SERVER_URL';
const requestSecondsVariable = 'CICD_REQUEST_SECONDS';

const usualRequestSeconds = 20;
const mostRequestSeconds = 300;

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

const outsideNames = [
  githubApiVariable,
  githubServerVariable,
  linearApiVariable,
  codegenApiVariable,
  cursorApiVariable,
  requestSecondsVariable,
];

/** What an environment says of the services outside, to be passed on. @throws ConfigError for a wrong one */
export function outsideVariables(environment: Environment): Record<string, string> {
  for (const api of [githubApi, linearApi, codegenApi, cursorApi]) api(environment);
  addressIn(environment, githubServerVariable);
  const set = outsideNames.map((name) => [name, environment[name]?.trim() ?? ''] as const);
  return Object.fromEntries(set.filter(([, value]) => value !== ''));
}

/** Where a service is, and how long one request to it may take with its answer, in milliseconds. */
export interface OutsideApi {
  /** Without a slash at the end. */
  apiUrl: string;
  requestMs: number;
}

/** GitHub's API. @throws ConfigError for an address that is not encrypted, or no time */
export function githubApi(environment: Environment): OutsideApi {
  const apiUrl = addressIn(environment, githubApiVariable) ?? 'https://api.github.com';
  return { apiUrl, requestMs: requestMsIn(environment) };
}

/** Linear's GraphQL API. @throws ConfigError for an address that is not encrypted, or no time */
export function linearApi(environment: Environment): OutsideApi {
  const apiUrl = addressIn(environment, linearApiVariable) ?? 'https://api.linear.app/graphql';
  return { apiUrl, requestMs: requestMsIn(environment) };
}

/** Codegen's API. @throws ConfigError for an address that is not encrypted, or no time */
export function codegenApi(environment: Environment): OutsideApi {
  const apiUrl = addressIn(environment, codegenApiVariable) ?? 'https://api.codegen.com';
  return { apiUrl, requestMs: requestMsIn(environment) };
}

/** Cursor's API. @throws ConfigError for an address that is not encrypted, or no time */
export function cursorApi(environment: Environment): OutsideApi {
  const apiUrl = addressIn(environment, cursorApiVariable) ?? 'https://api.cursor.com';
  return { apiUrl, requestMs: requestMsIn(environment) };
}

/**
 * Where repositories are cloned from, without a slash at the end: the server that the API belongs to. A token of the
 * one must not go to the other, so that no other is guessed.
 * @throws ConfigError for one not encrypted, or where the API's address does not tell it
 */
export function githubServer(environment: Environment): string {
  const stated = addressIn(environment, githubServerVariable);
  const server = stated ?? serverOf(githubApi(environment).apiUrl);
  if (server !== undefined) return server;
  const advice = `set it to where repositories are cloned from: ${githubApiVariable} does not tell`;
  throw new ConfigError([`${githubServerVariable}: is not set; ${advice}`]);
}

/**
 * An Enterprise Server has its API below `/api/v3`, all others at `api.`.
 * @see https://docs.github.com/en/enterprise-server/rest/using-the-rest-api/getting-started-with-the-rest-api
 */
function serverOf(apiUrl: string): string | undefined {
  const { host, origin, pathname } = new URL(apiUrl);
  if (pathname === '/api/v3') return origin;
  const isApiHost = host.startsWith('api.') && pathname === '/';
  return isApiHost ? origin.replace('//api.', '//') : undefined;
}

/** Behind a slow proxy it takes longer; where people wait, it may be worth giving up sooner. */
function requestMsIn(environment: Environment): number {
  const seconds = Number(environment[requestSecondsVariable]?.trim() || usualRequestSeconds);
  if (seconds >= 1 && seconds <= mostRequestSeconds) return seconds * 1_000;
  throw new ConfigError([`${requestSecondsVariable}: must be from 1 to ${mostRequestSeconds}`]);
}

function addressIn(environment: Environment, variable: string): string | undefined {
  const address = environment[variable]?.trim() ?? '';
  if (address === '') return undefined;
  if (!outsideAddressSchema.safeParse(address).success) {
    throw new ConfigError([
      `${variable}: must be an https:// address (http:// only for localhost)`,
    ]);
  }
  return address.replace(/\/+$/, '');
}
