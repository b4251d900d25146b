import { describe, expect, test } from 'vitest';
import { resolveTemplate } from './resolve-template.ts';

/** What one property of a queue comes to. */
function resolved(value: unknown, others: object = {}): unknown {
  const { Resources = {}, ...parts } = others as { Resources?: object };
  const template = {
    ...parts,
    Resources: { ...Resources, Subject: { Type: 'Test::Subject', Properties: { value } } },
  };
  const { resources } = resolveTemplate(template, 'stack');
  return resources.find(({ id }) => id === 'Subject')?.properties['value'];
}

const queue = { Queue: { Type: 'AWS::SQS::Queue' } };
const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:stack-Queue';

describe('intrinsic functions', () => {
  test.each([
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['Ref of a resource', { Ref: 'Queue' }, expect.stringMatching(/^https:.*\/stack-Queue$/)],
    ['GetAtt', { 'Fn::GetAtt': ['Queue', 'Arn'] }, queueArn],
    ['GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, queueArn],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Partition' }]] }, 'a-aws'],
    ['Sub', { 'Fn::Sub': '${AWS::StackName}:${Queue.Arn}:${!Kept}' }, `stack:${queueArn}:\${Kept}`],
    [
      'Sub with names of its own',
      { 'Fn::Sub': ['${a}!', { a: { Ref: 'AWS::Region' } }] },
      'eu-west-1!',
    ],
    ['Select of Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [
      'nested in lists and records',
      { a: [{ b: { Ref: 'AWS::Region' } }] },
      { a: [{ b: 'eu-west-1' }] },
    ],
    ['a property without value', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
    [
      'a condition of a policy',
      { Condition: { Bool: { a: 'b' } } },
      { Condition: { Bool: { a: 'b' } } },
    ],
  ])('%s', (_, value, expected) => {
    expect(resolved(value, { Resources: queue })).toEqual(expected);
  });

  test('If follows its condition', () => {
    const Conditions = {
      Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
      Elsewhere: { 'Fn::Not': [{ Condition: 'Here' }] },
    };

    expect(resolved({ 'Fn::If': ['Here', 'yes', 'no'] }, { Conditions })).toBe('yes');
    expect(resolved({ 'Fn::If': ['Elsewhere', 'yes', 'no'] }, { Conditions })).toBe('no');
  });

  test('what is not known is no empty text', () => {
    expect(() => resolved({ Ref: 'Nobody' })).toThrow('Nothing is known of "Nobody"');
    expect(() => resolved({ 'Fn::GetAtt': ['Queue', 'Colour'] }, { Resources: queue })).toThrow(
      'Colour',
    );
    expect(() => resolved({ 'Fn::Cidr': ['10.0.0.0/8'] })).toThrow('does not know "Fn::Cidr"');
  });
});

test('a resource whose condition does not hold is not there', () => {
  const { resources } = resolveTemplate(
    {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Never' } },
    },
    'stack',
  );

  expect(resources).toEqual([]);
});

test('a name that the template gives is used', () => {
  const { names } = resolveTemplate(
    {
      Resources: {
        Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: { Ref: 'AWS::StackName' } } },
        Rule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: { Ref: 'Bus' } } },
      },
    },
    'stack',
  );

  expect(names('Bus').arn).toBe('arn:aws:events:eu-west-1:123456789012:event-bus/stack');
  expect(names('Rule')).toEqual({
    ref: 'stack|stack-Rule',
    arn: 'arn:aws:events:eu-west-1:123456789012:rule/stack/stack-Rule',
  });
});
