import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { patternMatches } from '../../../support/aws/services/events/event-pattern.ts';
import { startedAws } from '../../../support/aws/started-aws.ts';

async function started() {
  const matched: string[] = [];
  const server = await startedAws({
    onMatch: (rule, target, event) => matched.push(`${rule} ${target.Id} ${event.source}`),
  });
  server.events.createBus('app');
  const client = new EventBridgeClient(server.clientSettings);
  const put = async (...Entries: PutEventsRequestEntry[]) =>
    client.send(new PutEventsCommand({ Entries }));
  return { client, matched, put, server };
}

function entry(change: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry {
  return { EventBusName: 'app', Source: 'cicd', DetailType: 'delivery', Detail: '{}', ...change };
}

test('hands an event to the targets of the rules that let it through', async () => {
  const { client, matched, put } = await started();
  const on = { EventBusName: 'app' };
  await client.send(new PutRuleCommand({ ...on, Name: 'r', EventPattern: '{"source":["cicd"]}' }));
  await client.send(
    new PutTargetsCommand({ ...on, Rule: 'r', Targets: [{ Id: 't', Arn: 'arn:aws:lambda:f' }] }),
  );

  await put(entry(), entry({ Source: 'other' }), entry({ EventBusName: 'default' }));

  expect(matched).toEqual(['r t cicd']);
  const listed = await client.send(new ListTargetsByRuleCommand({ ...on, Rule: 'r' }));
  expect(listed.Targets).toEqual([{ Id: 't', Arn: 'arn:aws:lambda:f' }]);
});

test('hands nothing to a rule that is disabled', async () => {
  const { client, matched, put } = await started();
  const on = { EventBusName: 'app' };
  await client.send(new PutRuleCommand({ ...on, Name: 'r', EventPattern: '{"source":["cicd"]}' }));
  await client.send(
    new PutTargetsCommand({ ...on, Rule: 'r', Targets: [{ Id: 't', Arn: 'arn:aws:lambda:f' }] }),
  );

  await client.send(new DisableRuleCommand({ ...on, Name: 'r' }));
  await put(entry());

  expect(matched).toEqual([]);
  const rule = await client.send(new DescribeRuleCommand({ ...on, Name: 'r' }));
  expect(rule.State).toBe('DISABLED');
});

test('says of each entry what is wrong with it, and takes the others', async () => {
  const { put, server } = await started();

  const answer = await put(
    entry(),
    entry({ Detail: 'no json' }),
    entry({ Source: undefined }),
    entry({ Source: 'aws.lambda' }),
  );

  expect(answer.FailedEntryCount).toBe(3);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    'MalformedDetail',
    'InvalidArgument',
    'NotAuthorizedForSourceException',
  ]);
  expect(server.events.events('app')).toHaveLength(1);
});

test.each([
  ['no entries', []],
  ['more than ten', Array.from({ length: 11 }, () => entry())],
  ['more than a megabyte', [entry({ Detail: JSON.stringify({ a: 'x'.repeat(1_048_576) }) })]],
])('refuses a request with %s', async (_, entries) => {
  const { put } = await started();

  await expect(put(...entries)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('refuses a pattern that it does not understand when the rule is made', async () => {
  const { client } = await started();

  const putting = client.send(
    new PutRuleCommand({ Name: 'r', EventPattern: '{"source":[{"like":"a"}]}' }),
  );

  await expect(putting).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
});

describe('a pattern', () => {
  const event = {
    source: 'aws.lambda',
    detail: { status: 'FAILED', attempts: 3, tags: ['a', 'b'] },
  };

  test.each<[string, Record<string, unknown>, boolean]>([
    ['a value', { source: ['aws.lambda', 'aws.s3'] }, true],
    ['another value', { source: ['aws.s3'] }, false],
    ['a nested value', { detail: { status: ['FAILED', 'STOPPED'] } }, true],
    ['one of several values', { detail: { tags: ['b'] } }, true],
    [
      'two fields of which one differs',
      { source: ['aws.lambda'], detail: { status: ['OK'] } },
      false,
    ],
    ['a prefix', { source: [{ prefix: 'aws.' }] }, true],
    ['a suffix', { source: [{ suffix: '.s3' }] }, false],
    ['a wildcard', { source: [{ wildcard: 'aws.*a' }] }, true],
    ['anything but a value', { detail: { status: [{ 'anything-but': 'FAILED' }] } }, false],
    ['the existence of a field', { detail: { report: [{ exists: false }] } }, true],
    ['a number within a range', { detail: { attempts: [{ numeric: ['>', 0, '<=', 3] }] } }, true],
    ['a number out of a range', { detail: { attempts: [{ numeric: ['>', 3] }] } }, false],
    ['one of two alternatives', { $or: [{ source: ['x'] }, { detail: { tags: ['a'] } }] }, true],
  ])('asks for %s', (_, pattern, expected) => {
    expect(patternMatches(pattern, event)).toBe(expected);
  });
});
