import { z } from 'zod';
import { ConfigError } from '../domain/errors.ts';
import { secretNames, type SecretName } from '../domain/secret-names.ts';
import { outsideAddressSchema } from './config-schema.ts';

/** For values that can be told to be wrong before they are used. */
const secretSchemas: Partial<Record<SecretName, z.ZodType<string>>> = {
  CODEGEN_ORG_ID: z.string().regex(/^\d+$/, 'must be a whole number'),
  SLACK_WEBHOOK_URL: outsideAddressSchema,
};

/** What is wrong with a value, which is not told; undefined where nothing can be seen. */
export function secretProblem(name: SecretName, value: string): string | undefined {
  const issue = secretSchemas[name]?.safeParse(value).error?.issues[0];
  return issue?.message;
}

/** Every live value of a secret, the current one first; a name that is not set is absent. */
export type Secrets = Partial<
  Record<SecretName, readonly [current: string, ...previous: string[]]>
>;

type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable, as templates of `.env` and of containers leave them, counts as not set. */
function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

/** What is set in an environment, to be laid over another one. */
export function onlySet(environment: Environment): Record<string, string> {
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (isSet(value)) set[name] = value;
  }
  return set;
}

function valueOf(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return isSet(value) ? value.trim() : undefined;
}

/**
 * What an environment holds, each name judged by itself: one wrong value keeps no other one from being used.
 * A name whose current value is missing or wrong has none at all, not its previous one either.
 */
export interface ParsedSecrets {
  secrets: Secrets;
  /** Names every variable with an unusable value, never the value. */
  problems: string[];
}

export function parseSecrets(environment: Environment): ParsedSecrets {
  const secrets: Secrets = {};
  const problems: string[] = [];

  const check = (name: SecretName, variable: string): string | undefined => {
    const value = valueOf(environment, variable);
    if (value === undefined) return undefined;
    const problem = secretProblem(name, value);
    if (problem === undefined) return value;
    problems.push(`${variable}: ${problem}`);
    return undefined;
  };

  for (const name of secretNames) {
    const current = check(name, name);
    const previous = check(name, `${name}_PREVIOUS`);
    if (current !== undefined) {
      secrets[name] = previous === undefined ? [current] : [current, previous];
    } else if (previous !== undefined && valueOf(environment, name) === undefined) {
      problems.push(`${name}: is missing, only ${name}_PREVIOUS is set`);
    }
  }
  return { secrets, problems };
}

/** @throws ConfigError with all problems of `parseSecrets`, for where a person is there to mend them */
export function readSecrets(environment: Environment): Secrets {
  const { problems, secrets } = parseSecrets(environment);
  if (problems.length > 0) throw new ConfigError(problems);
  return secrets;
}
