import { expect, test } from 'vitest';
import { explainAwsError, missingRight } from '../../../../infra/cli/stack/explain-aws-error.ts';
import { UpstreamError } from '../../../../lib/domain/errors.ts';

function named(name: string, message = 'In the words of AWS, with a session token: FwoGZXIvYXdz') {
  return Object.assign(new Error(message), { name });
}

const sso =
  'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login.';

const explained: [what: string, error: Error, advice: string][] = [
  ['no region', named('Error', 'Region is missing'), 'AWS_REGION=eu-west-1'],
  ['no credentials', named('CredentialsProviderError'), 'AWS_PROFILE'],
  ['an expired session', named('CredentialsProviderError', sso), 'aws sso login'],
  ['an expired token', named('ExpiredTokenException'), 'have expired'],
  ['an expired token of CloudFormation', named('ExpiredToken'), 'have expired'],
  ['a key that is none', named('UnrecognizedClientException'), 'does not accept'],
  ['too many requests', named('ThrottlingException'), 'Try again in a minute'],
  ['an answer that does not come', named('TimeoutError'), 'Try again'],
  [
    'a failure of AWS',
    Object.assign(named('InternalFailure'), { $metadata: { httpStatusCode: 500 } }),
    'failed by itself',
  ],
  [
    'no such host',
    Object.assign(named('Error'), { code: 'ENOTFOUND', $metadata: { attempts: 4 } }),
    'AWS_REGION exists',
  ],
];

test.each(explained)('%s is told together with what to do', (_what, error, advice) => {
  const text = explainAwsError(error);
  expect(text).toContain(advice);
  expect(text).not.toContain('FwoGZXIvYXdz');
});

test('a right that is missing is named, wherever the refusal is told', () => {
  const told =
    'User: arn:aws:iam::1:user/ann is not authorized to perform: dynamodb:Query on resource: ' +
    'arn:aws:dynamodb:eu-west-1:1:table/t because no identity-based policy allows it';
  const wanted = 'dynamodb:Query on arn:aws:dynamodb:eu-west-1:1:table/t';
  expect(explainAwsError(named('AccessDeniedException', told))).toContain(wanted);
  const message = `Reading the table t failed: AccessDeniedException: ${told}`;
  const byAdapter = new UpstreamError(message, { service: 'dynamodb', retryable: false });
  expect(explainAwsError(byAdapter)).toContain(wanted);
});

test('what has caused an error explains it', () => {
  const cause = named('ExpiredTokenException');
  expect(explainAwsError(new Error('Something failed.', { cause }))).toContain('have expired');
});

test('who cannot reach another service is not sent to AWS', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const denied = named('AccessDenied', 'No.');
  for (const service of ['host', 'github', 'codegen']) {
    const details = { service, retryable: true };
    expect(explainAwsError(new UpstreamError('It is gone.', { ...details, cause }))).toBe(
      undefined,
    );
    expect(missingRight(new UpstreamError('No.', { ...details, cause: denied }))).toBe(undefined);
  }
  expect(explainAwsError(cause)).toBeUndefined();
});

test('anything else explains itself', () => {
  expect(explainAwsError(new Error('There is no run 3f2a.'))).toBeUndefined();
  expect(explainAwsError('nothing')).toBeUndefined();
});

test('whoever may see one stack only may have named another one', () => {
  const told =
    'User: arn:aws:iam::1:user/ann is not authorized to perform: cloudformation:DescribeStacks on resource: ' +
    'arn:aws:cloudformation:eu-west-1:1:stack/typo/* because no identity-based policy allows it';
  expect(explainAwsError(named('AccessDenied', told))).toContain('or there is no such stack');
});

test('a missing right is told by its action; what is no lack of rights has none', () => {
  const told = 'Not authorized to perform: secretsmanager:GetSecretValue on resource: arn:x';
  const cause = named('AccessDeniedException', told);
  expect(missingRight(new Error('Reading failed.', { cause }))).toBe(
    'it takes secretsmanager:GetSecretValue',
  );
  expect(missingRight(named('AccessDenied', 'No.'))).toBe('No.');
  expect(missingRight(named('ThrottlingException'))).toBeUndefined();
});

test.each([
  ['ExpiredTokenException. The credentials are missing, wrong or expired.', 'have expired'],
  ['UnrecognizedClientException. The credentials are missing.', 'does not accept'],
  ['ThrottlingException: Rate exceeded', 'Try again in a minute'],
])('what an adapter tells in a sentence of its own counts: %s', (told, advice) => {
  const error = new UpstreamError(`Reading the table t failed: ${told}`, {
    service: 'dynamodb',
    retryable: false,
  });
  expect(explainAwsError(error)).toContain(advice);
});
