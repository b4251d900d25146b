import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { secretProblem } from '../../../lib/runtime/secrets.ts';
import { WrongUseError } from '../exit-codes.ts';
import { isWebhookSecret } from '../webhooks/webhook-secret.ts';

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

/** By what services mark theirs. */
const marks: readonly (readonly [start: string, name: SecretName])[] = [
  ['lin_api_', 'LINEAR_API_KEY'],
  ['lin_wh_', 'LINEAR_WEBHOOK_SECRET'],
  ['ghp_', 'GITHUB_TOKEN'],
  ['github_pat_', 'GITHUB_TOKEN'],
  ['xoxb-', 'SLACK_BOT_TOKEN'],
  ['https://hooks.slack.com/', 'SLACK_WEBHOOK_URL'],
];

const pem = /^-----BEGIN ([A-Z ]*PRIVATE KEY)-----.+-----END \1-----$/s;
const fewestCharacters = 16;

function problemOf(name: SecretName, value: string): string | undefined {
  if (Buffer.byteLength(value) > mostBytes) return 'must not be longer than 64 KB';
  const [, meant = name] = marks.find(([start]) => value.startsWith(start)) ?? [];
  if (meant !== name) return `looks like that of ${meant}`;
  if (name === 'GITHUB_APP_PRIVATE_KEY') {
    if (pem.test(value)) return undefined;
    return 'must be a whole key in PEM format, -----BEGIN … PRIVATE KEY----- to -----END …';
  }
  if (name === 'GITHUB_APP_ID' && !/^(\d+|Iv[\w.]+)$/.test(value)) {
    return 'must be the App ID (a number) or its client ID (Iv…)';
  }
  if (isWebhookSecret(name) && value.length < fewestCharacters) {
    return `must have ${fewestCharacters} characters at least, so that nobody guesses it`;
  }
  // No header could hold it; more than the value was given, or it was cut out of something else.
  if (!/^[\x21-\x7e]+$/.test(value)) return 'must be plain characters without spaces';
  return secretProblem(name, value);
}
