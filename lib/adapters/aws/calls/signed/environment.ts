import { ConfigError } from '../../../../domain/errors.ts';

/** The environment that Lambda gives to a function. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** @throws ConfigError outside Lambda */
export function regionIn(environment: Environment): string {
  return variableIn(environment, 'AWS_REGION');
}

/** Of the function's role. @throws ConfigError outside Lambda */
export function credentialsIn(environment: Environment): Credentials {
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  return {
    accessKeyId: variableIn(environment, 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: variableIn(environment, 'AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken === undefined || sessionToken === '' ? {} : { sessionToken }),
  };
}

function variableIn(environment: Environment, name: string): string {
  const value = environment[name];
  if (value !== undefined && value !== '') return value;
  throw new ConfigError([`${name}: is not set; Lambda gives it to a function`]);
}
