import { z } from 'zod';
import { ConfigError } from '../domain/errors.ts';
import { secretNames, type SecretName } from '../domain/secret-names.ts';
import { outsideAddressSchema } from './config-schema.ts';
import { formatProblems } from './problems.ts';

/** For values that can be told to be wrong before they are used. */
const secretSchemas: Partial<Record<SecretName, z.ZodType<string>>> = {
  CODEGEN_ORG_ID: z.string().regex(/^\d+$/, 'must be a whole number'),
  SLACK_WEBHOOK_URL: outsideAddressSchema,
};

/** Every live value of a secret, the current one first; a name that is not set is absent. */
export type Secrets = Partial<
  Record<SecretName, readonly [current: string, ...previous: string[]]>
>;

type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable, as `.env` templates leave them, counts as not set. */
function valueOf(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

/** @throws ConfigError that names every variable with an unusable value, never the value */
export function readSecrets(environment: Environment): Secrets {
  const secrets: Secrets = {};
  const problems: string[] = [];

  const check = (name: SecretName, variable: string): string | undefined => {
    const value = valueOf(environment, variable);
    if (value === undefined) return undefined;
    const parsed = (secretSchemas[name] ?? z.string()).safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push(
      ...formatProblems(parsed.error).map((text) => text.replace('(top level)', variable)),
    );
    return undefined;
  };

  for (const name of secretNames) {
    const current = check(name, name);
    const previous = check(name, `${name}_PREVIOUS`);
    if (current === undefined) {
      if (previous !== undefined)
        problems.push(`${name}: is missing, only ${name}_PREVIOUS is set`);
      continue;
    }
    secrets[name] = previous === undefined ? [current] : [current, previous];
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return secrets;
}
