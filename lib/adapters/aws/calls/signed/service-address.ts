import { ConfigError } from '../../../../domain/errors.ts';
import type { CallName } from '../failures.ts';
import { regionIn, type Environment } from './environment.ts';

export type ServiceName = CallName['service'];

const endpointVariables = {
  secretsmanager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  events: 'AWS_ENDPOINT_URL_EVENTBRIDGE',
} as const;

/**
 * Where a service is reached in the function's region, or where the variables say that clients of the SDK
 * heed as well.
 * @throws ConfigError for an address to which requests would go in plain text
 */
export function addressOf(service: ServiceName, environment: Environment): URL {
  const variable = endpointVariables[service];
  const written = environment[variable] ?? environment['AWS_ENDPOINT_URL'];
  if (written === undefined || written === '') {
    return new URL(`https://${service}.${regionIn(environment)}.${domainIn(environment)}`);
  }
  const address = URL.canParse(written) ? new URL(written) : undefined;
  if (address !== undefined && isSafe(address)) return address;
  throw new ConfigError([`${variable} or AWS_ENDPOINT_URL: must be an https:// address`]);
}

/** Requests carry the session token, and answers secrets. Tests run on the loopback address. */
function isSafe({ hostname, protocol }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}

/** By what the name of a region begins with: partitions of AWS that stand apart from the others. */
const domains: Readonly<Record<string, string>> = {
  cn: 'amazonaws.com.cn',
  eusc: 'amazonaws.eu',
};

function domainIn(environment: Environment): string {
  const [partition = ''] = regionIn(environment).split('-');
  return domains[partition] ?? 'amazonaws.com';
}
