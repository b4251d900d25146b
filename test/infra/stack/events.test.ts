import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkExpression } from '../../../infra/constructs/schedule-rules.ts';
import { resourcesOf, synthesiseStack } from './synthesise-stack.ts';

const { template } = synthesiseStack();
const rules = resourcesOf(template, 'AWS::Events::Rule').map(({ Properties }) => Properties);

const prefixOf = (flow: string) => ({
  prefix: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(flow), 'Arn'] }, ':']] },
});

const scheduled = (from: typeof rules) =>
  from.filter(({ ScheduleExpression }) => ScheduleExpression !== undefined);

describe('the webhooks', () => {
  test('are two routes, for POST only', () => {
    const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route');
    expect(routes.map(({ Properties }) => Properties['RouteKey'])).toEqual([
      'POST /webhooks/github',
      'POST /webhooks/linear',
    ]);
  });

  test('are logged without anything that a sender has written', () => {
    const [stage] = resourcesOf(template, 'AWS::ApiGatewayV2::Stage');
    const format = JSON.stringify(stage?.Properties['AccessLogSettings']);
    expect(format).toContain('$context.requestId');
    expect(format).not.toMatch(/header|body|querystring|authorizer|path/i);
  });

  test('are reached by a domain of their own where one is configured, and by nothing else', () => {
    const domain = {
      name: 'cicd.example.com',
      certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0',
    };
    const { template: other } = synthesiseStack({
      config: { aws: { stages: { dev: { domain } } } },
    });
    expect(other.Outputs['WebhookUrl']?.Value).toBe('https://cicd.example.com');
    expect(other.Outputs).toHaveProperty('WebhookDomainTarget');
    expect(resourcesOf(other, 'AWS::ApiGatewayV2::ApiMapping')).toHaveLength(1);
    expect(resourcesOf(other, 'AWS::ApiGatewayV2::Api')).toMatchObject([
      { Properties: { DisableExecuteApiEndpoint: true } },
    ]);
  });
});

describe('a rule', () => {
  test('hands an event over for hours, then puts it where it can be found', () => {
    expect(rules.length).toBeGreaterThan(3);
    for (const { Targets } of rules) {
      expect(Targets).toEqual([
        expect.objectContaining({
          DeadLetterConfig: {
            Arn: { 'Fn::GetAtt': [expect.stringMatching('DeadLetters'), 'Arn'] },
          },
          RetryPolicy: { MaximumEventAgeInSeconds: 6 * 3_600 },
        }),
      ]);
    }
  });

  test('brings each delivery on the bus of the stack to the dispatcher', () => {
    const onTheBus = rules.filter(({ EventBusName }) => EventBusName !== undefined);
    expect(onTheBus).toMatchObject([
      {
        EventPattern: { source: ['autonomous-cicd'], 'detail-type': ['delivery'] },
        Targets: [{ Arn: { 'Fn::GetAtt': [expect.stringMatching('^Dispatcher'), 'Arn'] } }],
      },
    ]);
  });

  test('brings what Lambda tells of our own flows to the recorder', () => {
    const pattern = rules.find(({ EventPattern }) =>
      JSON.stringify(EventPattern ?? '').includes('aws.lambda'),
    )?.['EventPattern'];
    expect(pattern).toEqual({
      source: ['aws.lambda'],
      'detail-type': ['Durable Execution Status Change'],
      detail: {
        durableExecutionArn: expect.arrayContaining(
          ['ComponentAnalysis', 'SystemHealth', 'AutonomousCicd'].map((flow) => prefixOf(flow)),
        ),
      },
    });
  });
});

describe('a schedule', () => {
  test('is a rule that says which schedule it is', () => {
    expect(scheduled(rules)).toMatchObject([
      {
        ScheduleExpression: 'cron(0/15 * * * ? *)',
        Targets: [{ Input: '{"schedule":"autonomous-cicd"}' }],
      },
      {
        ScheduleExpression: 'cron(0/5 * * * ? *)',
        Targets: [{ Input: '{"schedule":"system-health"}' }],
      },
    ]);
  });

  test('has no rule where it is not enabled', () => {
    const config = { schedules: { 'autonomous-cicd': { enabled: false } } };
    const made = resourcesOf(synthesiseStack({ config }).template, 'AWS::Events::Rule');
    expect(scheduled(made.map(({ Properties }) => Properties))).toMatchObject([
      { Targets: [{ Input: '{"schedule":"system-health"}' }] },
    ]);
  });

  test('is looked at whenever a tick of it can be due', () => {
    const everyMinutes = fc.integer({ min: 1, max: 1_440 });
    fc.assert(
      fc.property(everyMinutes, fc.nat({ max: 10_000 }), (interval, tick) => {
        const minute = (interval * tick) % 60;
        expect(minutesOf(checkExpression(interval))).toContain(minute);
      }),
    );
  });

  test('is looked at no oftener than it has to be', () => {
    expect([1, 5, 15, 45, 60, 90, 360, 1_440].map((minutes) => checkExpression(minutes))).toEqual([
      'cron(0/1 * * * ? *)',
      'cron(0/5 * * * ? *)',
      'cron(0/15 * * * ? *)',
      'cron(0/15 * * * ? *)',
      'cron(0 * * * ? *)',
      'cron(0/30 * * * ? *)',
      'cron(0 * * * ? *)',
      'cron(0 * * * ? *)',
    ]);
  });
});

/** Minutes of an hour at which a rule fires. */
function minutesOf(expression: string): number[] {
  const [, step] = /^cron\(0(?:\/(\d+))? \* \* \* \? \*\)$/.exec(expression) ?? [];
  const every = step === undefined ? 60 : Number(step);
  return Array.from({ length: 60 / every }, (_none, index) => index * every);
}
