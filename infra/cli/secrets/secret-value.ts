import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { secretProblem } from '../../../lib/runtime/secrets.ts';
import { WrongUseError } from '../exit-codes.ts';

/** Of Secrets Manager. */
const mostBytes = 65_536;

/**
 * A value as it is kept: without what surrounds it.
 * @throws WrongUseError that never shows it
 */
export function parseSecretValue(name: SecretName, text: string): string {
  const value = text.trim();
  if (value === '') throw new WrongUseError(`The value of ${name} is empty: nothing was changed.`);
  const problem = problemOf(name, value);
  if (problem === undefined) return value;
  throw new WrongUseError(`The value of ${name} ${problem}: nothing was changed.`);
}

function problemOf(name: SecretName, value: string): string | undefined {
  if (Buffer.byteLength(value) > mostBytes) return 'must not be longer than 64 KB';
  if (name === 'GITHUB_APP_PRIVATE_KEY') {
    const isPem = /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value);
    return isPem ? undefined : 'must be a key in PEM format, -----BEGIN … PRIVATE KEY-----';
  }
  // No header could hold it; more than the value was given, or it was cut out of something else.
  if (!/^[\x21-\x7e]+$/.test(value)) return 'must be plain characters without spaces';
  return secretProblem(name, value);
}
