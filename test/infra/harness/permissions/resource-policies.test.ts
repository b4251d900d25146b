import { expect, test } from 'vitest';
import { resolveTemplate } from '../template/resolve-template.ts';
import { readResourcePolicies } from './resource-policies.ts';

const rule = 'arn:aws:events:eu-west-1:123456789012:rule/stack-Rule';
const alias = 'arn:aws:lambda:eu-west-1:123456789012:function:stack-Function:live';
const queue = 'arn:aws:sqs:eu-west-1:123456789012:stack-Queue';
const service = 'events.amazonaws.com';

function policiesOf(type: string, properties: object) {
  const Resources = { Policy: { Type: type, Properties: properties } };
  return readResourcePolicies(resolveTemplate({ Resources }, 'stack'));
}

test('a function is invoked by whom it names, for what it names, by the alias that it names', () => {
  const { mayInvoke } = policiesOf('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: alias,
    Principal: service,
    SourceArn: rule,
  });

  expect(mayInvoke({ service, sourceArn: rule, target: alias })).toBe(true);
  expect(mayInvoke({ service, sourceArn: rule, target: alias.replace(':live', '') })).toBe(false);
  expect(mayInvoke({ service, sourceArn: `${rule}2`, target: alias })).toBe(false);
  expect(mayInvoke({ service: 'sns.amazonaws.com', sourceArn: rule, target: alias })).toBe(false);
});

test('a queue takes messages of the rule that it names, and of none that asks without TLS', () => {
  const send = {
    Action: 'sqs:SendMessage',
    Effect: 'Allow',
    Principal: { Service: service },
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': rule } },
  };
  const withoutTls = {
    Action: 'sqs:*',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Resource: queue,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const { maySend } = policiesOf('AWS::SQS::QueuePolicy', {
    Queues: ['https://queue'],
    PolicyDocument: { Statement: [send, withoutTls] },
  });

  expect(maySend({ service, sourceArn: rule, target: queue })).toBe(true);
  expect(maySend({ service, sourceArn: `${rule}2`, target: queue })).toBe(false);
  expect(maySend({ service, sourceArn: rule, target: `${queue}2` })).toBe(false);
});
