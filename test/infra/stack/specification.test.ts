import { describe, expect, test } from 'vitest';
import { checkTemplate, type Template } from './check-template.ts';
import { synthesiseStack } from './synthesise-stack.ts';

const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/0';
const domain = { name: 'cicd.example.com', certificateArn };
const everything = {
  keepsData: true,
  domain,
  alarmEmails: ['team@example.com'],
  reservedConcurrency: { 'component-analysis': 4 },
};

describe('the template', () => {
  test.each([
    ['with the defaults', {}],
    ['with all that can be configured', { aws: { stages: { dev: everything } } }],
  ])('is one that CloudFormation accepts, %s', (_title, config) => {
    expect(checkTemplate(synthesiseStack({ config }).template)).toEqual([]);
  });

  test('needs nothing that is asked when it is deployed', () => {
    const { Parameters = {} } = synthesiseStack().template;
    expect(Object.keys(Parameters)).toEqual(['BootstrapVersion']);
  });
});

describe('a template that CloudFormation refuses', () => {
  const queue = (properties: Record<string, unknown>): Template => ({
    Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: properties } },
  });
  const lambda = (properties: Record<string, unknown>): Template => ({
    Resources: { Function: { Type: 'AWS::Lambda::Function', Properties: properties } },
  });
  const code = { Code: { S3Bucket: 'bucket' }, Role: 'role' };

  test.each<[string, Template, string]>([
    [
      'an unknown type',
      { Resources: { It: { Type: 'AWS::SQS::Kew' } } },
      'It: AWS::SQS::Kew is no resource',
    ],
    ['an unknown property', queue({ Colour: 'red' }), 'Queue.Colour: is no property'],
    ['a missing property', lambda({ Role: 'role' }), 'Function.Code: is missing'],
    [
      'a number that is none',
      queue({ DelaySeconds: 'soon' }),
      'Queue.DelaySeconds: must be a integer',
    ],
    ['an object instead of a text', queue({ QueueName: {} }), 'Queue.QueueName: must be a string'],
    [
      'a text instead of a list',
      lambda({ ...code, Architectures: 'arm64' }),
      'Function.Architectures: must be a list',
    ],
    [
      'an unknown property inside another one',
      lambda({ ...code, DurableConfig: { ExecutionTimeout: 60, Retention: 1 } }),
      'Function.DurableConfig.Retention: is no property',
    ],
    [
      'a reference to nothing',
      queue({ QueueName: { Ref: 'Name' } }),
      'Name: is referred to, but is not there',
    ],
  ])('is found out: %s', (_title, template, problem) => {
    expect(checkTemplate(template)).toEqual([problem]);
  });
});
