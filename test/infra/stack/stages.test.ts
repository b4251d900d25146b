import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../lib/domain/errors.ts';
import { createTestApp, resourcesOf, synthesiseStack, type Template } from './synthesise-stack.ts';

/** What stays when the stack is destroyed: `type: policy`. */
function retained({ Resources }: Template): string[] {
  const kept = Object.values(Resources).flatMap(({ DeletionPolicy, Type }) =>
    DeletionPolicy?.startsWith('Retain') === true ? [`${Type}: ${DeletionPolicy}`] : [],
  );
  return [...new Set(kept)].toSorted();
}

function problemsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('Nothing was wrong');
}

describe('a stage', () => {
  const dev = synthesiseStack();
  const prod = synthesiseStack({ context: { stage: 'prod' } });

  test('is dev where nobody has chosen one', () => {
    expect(dev.stack.stackName).toBe('autonomous-cicd-dev');
    expect(prod.stack.stackName).toBe('autonomous-cicd-prod');
  });

  test('that keeps its data keeps table, secrets and logs, and cannot be deleted in passing', () => {
    expect(prod.artifact.terminationProtection).toBe(true);
    expect(resourcesOf(prod.template, 'AWS::DynamoDB::Table')).toMatchObject([
      {
        DeletionPolicy: 'Retain',
        Properties: {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      },
    ]);
    const logs = resourcesOf(prod.template, 'AWS::Logs::LogGroup');
    expect(new Set(logs.map(({ DeletionPolicy }) => DeletionPolicy)).size).toBe(1);
    expect(retained(prod.template)).toEqual([
      // It is protected, so that a deployment that is rolled back could not delete it either.
      'AWS::DynamoDB::Table: Retain',
      // Versions, for runs that go on while a new one is deployed.
      'AWS::Lambda::Version: Retain',
      'AWS::Logs::LogGroup: RetainExceptOnCreate',
      'AWS::S3::Bucket: RetainExceptOnCreate',
      // They have fixed names: a first deployment that is rolled back can be repeated.
      'AWS::SecretsManager::Secret: RetainExceptOnCreate',
    ]);
  });

  test('that keeps nothing leaves but the bucket, which empties itself', () => {
    expect(dev.artifact.terminationProtection).toBeFalsy();
    expect(retained(dev.template)).toEqual([
      'AWS::Lambda::Version: Retain',
      'AWS::S3::Bucket: RetainExceptOnCreate',
    ]);
    const [bucket] = resourcesOf(dev.template, 'AWS::S3::Bucket');
    expect(bucket?.Properties['LifecycleConfiguration']).toEqual({
      Rules: [
        { Status: 'Enabled', Prefix: 'work/', ExpirationInDays: 2 },
        { Status: 'Enabled', Prefix: 'latest/', ExpirationInDays: 90 },
        { Status: 'Enabled', Prefix: 'reports/', ExpirationInDays: 90 },
        { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      ],
    });
  });

  test('is tagged, and so is all that is in it', () => {
    expect(prod.artifact.tags).toEqual({
      product: 'autonomous-cicd',
      stage: 'prod',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });

  test('says itself how long logs and events are kept, who is told, and how much is let in', () => {
    const stages = {
      dev: {
        logDays: 7 as const,
        archiveDays: 3,
        alarmEmails: ['team@example.com'],
        webhookRate: { perSecond: 5, burst: 9 },
        reservedConcurrency: { 'component-analysis': 4 },
      },
    };
    const { template } = synthesiseStack({ config: { aws: { stages } } });
    const logs = resourcesOf(template, 'AWS::Logs::LogGroup');
    expect(new Set(logs.map(({ Properties }) => Properties['RetentionInDays']))).toEqual(
      new Set([7]),
    );
    expect(resourcesOf(template, 'AWS::Events::Archive')).toMatchObject([
      { Properties: { RetentionDays: 3 } },
    ]);
    expect(resourcesOf(template, 'AWS::SNS::Subscription')).toMatchObject([
      { Properties: { Protocol: 'email', Endpoint: 'team@example.com' } },
    ]);
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Stage')).toMatchObject([
      { Properties: { DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9 } } },
    ]);
    const reserved = resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ Properties }) =>
      'ReservedConcurrentExecutions' in Properties ? [Properties] : [],
    );
    expect(reserved).toMatchObject([
      { Description: expect.stringMatching('Analyses'), ReservedConcurrentExecutions: 4 },
    ]);
  });
});

describe('stacks side by side in an account', () => {
  test('share no name', () => {
    const named =
      /^(Name|.*(?:Function|Rule|Topic|Queue|Alarm|LogGroup|Bucket|Table|Role)Name|ApiName)$/;
    const namesIn = (template: Template) =>
      Object.values(template.Resources).flatMap(({ Properties = {}, Type }) =>
        // An alias is named within its function, the archive within its bus.
        Type === 'AWS::Lambda::Alias'
          ? []
          : Object.entries(Properties)
              .filter(([name, value]) => named.test(name) && typeof value === 'string')
              .map(([, value]) => `${Type} ${String(value)}`),
      );
    const dev = namesIn(synthesiseStack().template);
    const prod = namesIn(synthesiseStack({ context: { stage: 'prod' } }).template);
    expect(dev).toContain('AWS::Events::EventBus autonomous-cicd-dev');
    expect(dev.filter((name) => prod.includes(name))).toEqual([]);
  });
});

/** With the environment that the command line of the CDK gives to the app. */
function deployTo(region: string, context = {}) {
  const environment = { CDK_DEFAULT_ACCOUNT: '111122223333', CDK_DEFAULT_REGION: region };
  return createTestApp({ context, environment });
}

/** What is told of the stage at synthesis, without being a reason to end it. */
function warningsFor(prod: object) {
  const options = { config: { aws: { stages: { prod } } }, context: { stage: 'prod' } };
  return synthesiseStack(options).artifact.messages.map(({ entry }) => entry.data);
}

describe('what is told before anything is deployed', () => {
  test('a stage that is not configured, and which ones are', () => {
    expect(problemsOf(() => createTestApp({ context: { stage: 'staging' } }))).toEqual([
      "aws.stages: has no stage 'staging'. There are: dev, prod. Choose one by -c stage=NAME",
    ]);
  });

  test('a stage named like what every object has', () => {
    expect(problemsOf(() => createTestApp({ context: { stage: 'constructor' } }))).toHaveLength(1);
  });

  test('a region where Lambda has no durable functions, and what to do', () => {
    expect(problemsOf(() => deployTo('me-south-1'))).toEqual([
      expect.stringMatching(/^me-south-1: .*durable functions.*AWS_REGION=.*-c anyRegion=true$/),
    ]);
    expect(deployTo('eu-west-1').stack.region).toBe('eu-west-1');
    expect(deployTo('me-south-1', { anyRegion: 'true' }).stack.region).toBe('me-south-1');
  });

  test('another processor than Lambda has', () => {
    expect(problemsOf(() => createTestApp({ context: { architecture: 'x64' } }))).toEqual([
      'architecture: must be arm64 or x86_64 (-c architecture=x86_64)',
    ]);
  });

  test('a linter that cannot be fetched: a stage that keeps its data has one, or says that it needs none', () => {
    const warnings = ['TypeScript will not be linted.'];
    const prod = (context = {}) =>
      createTestApp({ warnings, context: { stage: 'prod', ...context } });
    expect(problemsOf(() => prod())).toEqual([
      expect.stringMatching(/: TypeScript will not be linted\. .*-c withoutOxlint=true$/),
    ]);
    expect(prod({ withoutOxlint: 'true' }).stack.stackName).toBe('autonomous-cicd-prod');
    expect(createTestApp({ warnings }).stack.stackName).toBe('autonomous-cicd-dev');
  });

  test('concurrency that is reserved for no function', () => {
    const stages = { dev: { reservedConcurrency: { dispacher: 1 } } };
    expect(problemsOf(() => createTestApp({ config: { aws: { stages } } }))).toEqual([
      expect.stringMatching(/^aws\.stages\.dev\.reservedConcurrency\.dispacher: is no function\./),
    ]);
  });

  test('an address of GitHub that is not encrypted', () => {
    const environment = { GITHUB_API_URL: 'http://github.example.com' };
    expect(problemsOf(() => createTestApp({ environment }))).toEqual([
      'GITHUB_API_URL: must be an https:// address (http:// only for localhost)',
    ]);
  });

  test('a stage that keeps its data, and tells nobody of alarms', () => {
    const told = { keepsData: true, alarmEmails: ['team@example.com'] };
    expect(warningsFor({ keepsData: true })).toEqual([
      expect.stringMatching(/^Nobody is told of alarms\. Set aws\.stages\.prod\.alarmEmails/),
    ]);
    expect(warningsFor(told)).toEqual([]);
    expect(warningsFor({})).toEqual([]);
  });

  test('a repository whose source is a folder: it cannot be analysed there', () => {
    const repositories = [
      { name: 'here', components: { lib: ['lib/**'] } },
      { name: 'acme/shop', source: 'github', components: { lib: ['lib/**'] } },
    ];
    const { artifact } = synthesiseStack({ config: { repositories } });
    expect(artifact.messages.map(({ entry }) => entry.data)).toEqual([
      expect.stringMatching(/^here is a folder: on AWS only sources on GitHub/),
    ]);
  });

  test('agents that run by a command: no machine stays there to run it', () => {
    const agents = { provider: 'command' as const, command: { run: ['claude', '-p'] } };
    const { artifact } = synthesiseStack({ config: { agents } });
    expect(artifact.messages.map(({ entry }) => entry.data)).toEqual([
      expect.stringMatching(/^agents\.provider 'command' runs on the local host only/),
    ]);
  });
});
