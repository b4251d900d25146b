import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import type { EventEntry } from '../../lib/adapters/aws/calls/calls.ts';
import { callImplementations, shortLimits, type MakeCalls } from '../support/aws-calls.ts';
import type { FaultAct } from '../support/aws/faults.ts';
import { startedAws } from '../support/aws/started-aws.ts';

const role = { arn: 'arn:aws:sts::123456789012:assumed-role/github-webhook/session' };
const name = 'autonomous-cicd-dev/github-webhook-secret';
const secretValue = 'späte-Wahrheit-42';

function entryOf(detail: unknown): EventEntry {
  return {
    Source: 'autonomous-cicd',
    DetailType: 'delivery',
    Detail: JSON.stringify(detail),
    EventBusName: 'deliveries',
  };
}

/** AWS with a secret and a bus, and calls by the temporary credentials of a role. */
async function prepare(make: MakeCalls) {
  const aws = await startedAws();
  aws.events.createBus('deliveries');
  const admin = new SecretsManagerClient(aws.clientSettings);
  await admin.send(new CreateSecretCommand({ Name: name, SecretString: secretValue }));
  const rotate = (value: string) =>
    admin.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
  const environment = aws.environmentOf(aws.issue(role, { session: true }));
  return { aws, admin, rotate, environment, calls: make(environment) };
}

/** What an outside failure looks like to those who call, and that it tells no secrets. */
async function failureOf(call: Promise<unknown>, environment: Record<string, string>) {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  const told = JSON.stringify(error, Object.getOwnPropertyNames(error));
  expect(told).not.toContain(secretValue);
  expect(told).not.toContain(environment['AWS_SESSION_TOKEN']);
  expect(told).not.toContain(environment['AWS_SECRET_ACCESS_KEY']);
  return error;
}

describe.each(callImplementations)('Calls to AWS, %s', (_, make) => {
  test('read the current and the previous version of a secret', async () => {
    const { calls, rotate } = await prepare(make);
    expect(await calls.getSecretValue(name, 'AWSPREVIOUS')).toBeUndefined();
    await rotate('neue-Wahrheit');
    expect(await calls.getSecretValue(name, 'AWSCURRENT')).toBe('neue-Wahrheit');
    expect(await calls.getSecretValue(name, 'AWSPREVIOUS')).toBe(secretValue);
  });

  test('tell a secret that nobody has set from a failure', async () => {
    const { admin, calls } = await prepare(make);
    await admin.send(new CreateSecretCommand({ Name: 'autonomous-cicd-dev/linear-api-key' }));
    const answers = await Promise.all([
      calls.getSecretValue('autonomous-cicd-dev/linear-api-key', 'AWSCURRENT'),
      calls.getSecretValue('autonomous-cicd-dev/linear-api-key', 'AWSPREVIOUS'),
      calls.getSecretValue('autonomous-cicd-dev/no-such-secret', 'AWSCURRENT'),
    ]);
    expect(answers).toEqual([undefined, undefined, undefined]);
  });

  test('refuse a secret that is no text', async () => {
    const { admin, calls, environment } = await prepare(make);
    const SecretBinary = Buffer.from(secretValue);
    await admin.send(new CreateSecretCommand({ Name: 'binary', SecretBinary }));
    const error = await failureOf(calls.getSecretValue('binary', 'AWSCURRENT'), environment);
    expect(error).toMatchObject({
      message: 'Secrets Manager has answered without a text (GetSecretValue of binary).',
    });
  });

  test('put events on the bus, ten at a time, as they are', async () => {
    const { aws, calls } = await prepare(make);
    const details = Array.from({ length: 10 }, (_unused, id) => ({ id, text: 'späße 🎈 \u0000' }));
    const results = await calls.putEvents(details.map(entryOf));
    expect(results).toEqual(details.map(() => ({ kind: 'kept' })));
    expect(aws.events.events('deliveries').map(({ detail }) => detail)).toEqual(details);
    expect(aws.violations).toEqual([]);
  });

  test('tell of each entry what became of it', async () => {
    const { aws, calls } = await prepare(make);
    aws.script({ service: 'events', act: 'partial' });
    const malformed = { ...entryOf({}), Detail: '[' };
    expect(await calls.putEvents([entryOf(1), entryOf({ id: 2 }), malformed])).toEqual([
      { kind: 'failed', code: 'ThrottlingException' },
      { kind: 'kept' },
      { kind: 'failed', code: 'ThrottlingException' },
    ]);
    expect(await calls.putEvents([malformed])).toEqual([
      { kind: 'failed', code: 'MalformedDetail' },
    ]);
  });

  test.each<FaultAct>(['throttle', 'error500', 'reset', 'cut', 'hang'])(
    'get over two times %s',
    async (act) => {
      const { aws, calls } = await prepare(make);
      // A connection that is kept alive by then.
      await calls.getSecretValue(name, 'AWSCURRENT');
      aws.script({ service: 'secretsmanager', act, times: 2 });
      aws.script({ service: 'events', act, times: 2 });
      const answers = await Promise.all([
        calls.getSecretValue(name, 'AWSCURRENT'),
        calls.putEvents([entryOf({ id: 1 })]),
      ]);
      expect(answers).toEqual([secretValue, [{ kind: 'kept' }]]);
    },
  );

  test.each<[FaultAct, string]>([
    ['throttle', 'has refused PutEvents: ThrottlingException'],
    ['error500', 'has refused PutEvents: InternalFailure'],
    ['reset', '(PutEvents)'],
    ['cut', '(PutEvents)'],
    ['hang', '(PutEvents)'],
  ])('give up at the third %s, for the time being', async (act, words) => {
    const { aws, calls, environment } = await prepare(make);
    aws.script({ service: 'events', act, times: 99 });
    const startedAt = performance.now();
    expect(await failureOf(calls.putEvents([entryOf({})]), environment)).toMatchObject({
      name: 'UpstreamError',
      service: 'events',
      retryable: true,
      message: expect.stringContaining(words),
    });
    expect(performance.now() - startedAt).toBeLessThan(shortLimits.inAllMs);
    expect(aws.calls.filter(({ operation }) => operation === 'PutEvents')).toHaveLength(3);
  });

  test.each([
    ['UnrecognizedClientException', { AWS_SESSION_TOKEN: 'of-somebody-else' }],
    ['InvalidSignatureException', { AWS_SECRET_ACCESS_KEY: 'wrong-by-one-letter' }],
  ])('do not insist on %s', async (code, wrong) => {
    const { aws, environment } = await prepare(make);
    const calls = make({ ...environment, ...wrong });
    const error = await failureOf(calls.getSecretValue(name, 'AWSCURRENT'), environment);
    expect(error).toMatchObject({
      name: 'FinalUpstreamError',
      message: `Secrets Manager has refused GetSecretValue of ${name}: ${code}.`,
    });
    expect(aws.calls.filter(({ operation }) => operation === 'GetSecretValue')).toEqual([]);
  });

  test('do not insist where the role has no permission', async () => {
    const { aws, environment } = await prepare(make);
    const calls = make(aws.environmentOf(aws.issue({ ...role, statements: [] })));
    expect(await failureOf(calls.putEvents([entryOf({})]), environment)).toMatchObject({
      retryable: false,
      message: 'EventBridge has refused PutEvents: AccessDeniedException.',
    });
    expect(aws.calls.filter(({ operation }) => operation === 'PutEvents')).toHaveLength(1);
  });
});
