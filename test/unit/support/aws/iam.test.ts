import { PutEventsCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { isAllowed, type PolicyStatement } from '../../../support/aws/iam.ts';
import { startedAws } from '../../../support/aws/started-aws.ts';

const bucket = 'arn:aws:s3:::reports';
const readReports: PolicyStatement = {
  Effect: 'Allow',
  Action: ['s3:Get*', 's3:ListBucket'],
  Resource: [bucket, `${bucket}/*`],
};

function mayDo(action: string, resource: string, statements: PolicyStatement[] = [readReports]) {
  return isAllowed(statements, { action, resource, context: {} });
}

function allowed(
  Condition: NonNullable<PolicyStatement['Condition']>,
  context: Record<string, string | string[]>,
): boolean {
  const request = { action: 'cloudwatch:PutMetricData', resource: '*', context };
  return isAllowed([{ Effect: 'Allow', Action: '*', Resource: '*', Condition }], request);
}

describe('a policy', () => {
  test('allows what one of its statements names, in any case', () => {
    expect(mayDo('s3:getobject', `${bucket}/a/b`)).toBe(true);
    expect(mayDo('s3:ListBucket', bucket)).toBe(true);
  });

  test('allows nothing else', () => {
    expect(mayDo('s3:PutObject', `${bucket}/a`)).toBe(false);
    expect(mayDo('s3:GetObject', 'arn:aws:s3:::other/a')).toBe(false);
    expect(mayDo('s3:GetObject', `${bucket}/a`, [])).toBe(false);
  });

  test('takes a question mark for one character', () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/key';
    const statement: PolicyStatement = {
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: `${secret}-??????`,
    };
    expect(mayDo('secretsmanager:GetSecretValue', `${secret}-AbC123`, [statement])).toBe(true);
    expect(mayDo('secretsmanager:GetSecretValue', `${secret}-two-AbC123`, [statement])).toBe(false);
  });

  test('lets a denial win', () => {
    const deny: PolicyStatement = { Effect: 'Deny', Action: '*', Resource: `${bucket}/secret/*` };
    expect(mayDo('s3:GetObject', `${bucket}/secret/a`, [readReports, deny])).toBe(false);
    expect(mayDo('s3:GetObject', `${bucket}/open/a`, [readReports, deny])).toBe(true);
  });

  test('can name what it does not apply to', () => {
    const all: PolicyStatement = { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' };
    expect(mayDo('s3:PutObject', bucket, [all])).toBe(true);
    expect(mayDo('iam:PassRole', bucket, [all])).toBe(false);
  });
});

describe('a condition', () => {
  test.each([
    ['StringEquals', 'Cicd', 'Cicd', true],
    ['StringEquals', 'Cicd', 'Other', false],
    ['StringLike', 'Ci*', 'Cicd', true],
    ['ArnLike', 'arn:aws:events:*:*:rule/a*', 'arn:aws:events:eu-west-1:1:rule/ab', true],
    ['ArnEquals', 'arn:aws:events:*:*:rule/a', 'arn:aws:events:eu-west-1:1:rule/b', false],
    ['Bool', 'false', 'true', false],
  ])('%s of %s against %s', (...[operator, expected, actual, holds]) => {
    expect(allowed({ [operator]: { key: expected } }, { key: actual })).toBe(holds);
  });

  test('does not hold for a key that the request has not', () => {
    expect(allowed({ StringEquals: { key: 'a' } }, {})).toBe(false);
  });

  test('on all values does not hold if one is another', () => {
    const condition = { 'ForAllValues:StringEquals': { keys: ['a', 'b'] } };
    expect(allowed(condition, { keys: ['a', 'b'] })).toBe(true);
    expect(allowed(condition, { keys: ['a', 'c'] })).toBe(false);
    expect(allowed(condition, {})).toBe(true);
  });

  test('with an operator that is not known is an error, not a yes', () => {
    expect(() => allowed({ NumericLessThan: { key: 1 } }, { key: '0' })).toThrow('NumericLessThan');
  });
});

test('a request that no policy allows gets the sentence of AWS', async () => {
  const server = await startedAws();
  server.events.createBus('events');
  const arn = 'arn:aws:sts::123456789012:assumed-role/webhook/function';
  const resource = 'arn:aws:events:eu-west-1:123456789012:event-bus/events';
  const credentials = server.issue({
    arn,
    statements: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: resource }],
  });
  const settings = server.settingsOf(credentials);
  const put = (EventBusName: string) =>
    new EventBridgeClient(settings).send(
      new PutEventsCommand({
        Entries: [{ EventBusName, Source: 'app', DetailType: 'thing', Detail: '{}' }],
      }),
    );

  await expect(put('events')).resolves.toMatchObject({ FailedEntryCount: 0 });
  await expect(put('default')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const reading = new SecretsManagerClient(settings).send(
    new GetSecretValueCommand({ SecretId: 'app/key' }),
  );
  await expect(reading).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(
      new RegExp(
        `^User: ${arn} is not authorized to perform: secretsmanager:GetSecretValue on resource: ` +
          'arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/key-.{6} because no',
      ),
    ),
  });
});
