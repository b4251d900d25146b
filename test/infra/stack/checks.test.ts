import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnResource } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { functionsIn } from '../../../infra/constructs/deployed-function.ts';
import { createTestApp, synthesiseStack } from './synthesise-stack.ts';

const domain = {
  name: 'cicd.example.com',
  certificateArn:
    'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000',
};
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
  ])('fits what CloudFormation accepts and AWS advises, %s', (_title, config) => {
    const { template } = synthesiseStack({ config, checked: true });
    expect(Object.keys(template.Resources).length).toBeGreaterThan(60);
  });

  test('needs nothing that is asked when it is deployed', () => {
    const { Parameters = {} } = synthesiseStack().template;
    expect(Object.keys(Parameters)).toEqual(['BootstrapVersion']);
  });
});

test('nothing can be deployed with what CloudFormation refuses, AWS advises against or nobody has explained', () => {
  const { app, stack } = createTestApp({ checked: true });
  const properties = { QueueName: 'q', Colour: 'red', DelaySeconds: 'soon' };
  const wrong = new CfnResource(stack, 'Wrong', { type: 'AWS::SQS::Queue', properties });
  const unsafe = new Queue(stack, 'Unsafe');
  const [target] = functionsIn(stack);
  const statement = new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] });
  target?.role.addToPrincipalPolicy(statement);

  // One synthesis for all of them: the checks take seconds.
  const problems = problemsOf(() => app.synth());

  expect([wrong.stack, unsafe.stack]).toEqual([stack, stack]);
  expect(problems).toMatch(/Colour/);
  expect(problems).toMatch(/'soon' is not of type 'integer'/);
  expect(problems).toMatch(/AwsSolutions-SQS/);
  expect(problems).toMatch(/AwsSolutions-IAM5\[Resource::\*\]/);
});

function problemsOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return String(error);
  }
  return 'none';
}
