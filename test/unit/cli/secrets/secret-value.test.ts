import { expect, test } from 'vitest';
import { WrongUseError } from '../../../../infra/cli/exit-codes.ts';
import { parseSecretName } from '../../../../infra/cli/secrets/secret-spelling.ts';
import { parseSecretValue } from '../../../../infra/cli/secrets/secret-value.ts';
import { secretNames, type SecretName } from '../../../../lib/domain/secret-names.ts';

const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nAbc=\n-----END RSA PRIVATE KEY-----';

test.each(['linear-api-key', 'LINEAR_API_KEY', 'Linear-Api-Key'])('%s is a name', (text) => {
  expect(parseSecretName(text, secretNames)).toBe('LINEAR_API_KEY');
});

test('a name that is none is not repeated: it may be the value', () => {
  const failure = failureOf(() => parseSecretName('lin_api_hunter2', secretNames));
  expect(failure.message).not.toContain('hunter2');
  expect(failure.message).toContain('linear-api-key');
});

test('what surrounds a value is no part of it, and the lines of a key are', () => {
  expect(parseSecretValue('LINEAR_API_KEY', ' lin_api_1\r\n')).toBe('lin_api_1');
  expect(parseSecretValue('GITHUB_APP_PRIVATE_KEY', `${pem}\n`)).toBe(pem);
});

test.each(['123456', 'Iv1.8a61f9b3a7aba766', 'Iv23liAbc'])('%s is the id of an App', (id) => {
  expect(parseSecretValue('GITHUB_APP_ID', id)).toBe(id);
});

const unusable: [SecretName, value: string, problem: string][] = [
  ['LINEAR_API_KEY', '\n', 'is empty'],
  ['LINEAR_API_KEY', 'LINEAR_API_KEY = hunter2', 'without spaces'],
  ['GITHUB_TOKEN', 'hunter2\u001b[D', 'plain characters'],
  ['GITHUB_TOKEN', 'hunter2é', 'plain characters'],
  ['GITHUB_APP_PRIVATE_KEY', 'hunter2', 'PEM'],
  ['GITHUB_APP_PRIVATE_KEY', '-----BEGIN RSA PRIVATE KEY-----\nhunter2', 'whole key'],
  ['GITHUB_APP_ID', 'hunter2', 'a number'],
  ['GITHUB_WEBHOOK_SECRET', 'hunter2', '16 characters'],
  ['GITHUB_TOKEN', 'lin_api_hunter2', 'that of LINEAR_API_KEY'],
  ['LINEAR_API_KEY', 'github_pat_hunter2', 'that of GITHUB_TOKEN'],
  ['CODEGEN_ORG_ID', 'hunter2', 'whole number'],
  ['SLACK_WEBHOOK_URL', 'http://hunter2.example', 'https://'],
  ['GITHUB_TOKEN', 'hunter2'.repeat(10_000), '64 KB'],
];

test.each(unusable)('%s cannot be %j, which is not told', (name, value, problem) => {
  const failure = failureOf(() => parseSecretValue(name, value));
  expect(failure.message).toContain(name);
  expect(failure.message).toContain(problem);
  expect(failure.message).not.toContain('hunter2');
});

function failureOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof WrongUseError) return error;
  }
  throw new Error('It was accepted.');
}
