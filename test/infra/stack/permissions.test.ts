import { describe, expect, test } from 'vitest';
import { statementsOf } from './policies.ts';
import { resourcesOf, synthesiseStack } from './synthesise-stack.ts';

const { template } = synthesiseStack();
const statements = statementsOf(template);
const allowed = statements.filter(({ effect }) => effect === 'Allow');

/** `action resource`, one a line. */
function rightsOf(owner: string): string[] {
  return allowed
    .filter((statement) => statement.owner === owner)
    .flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`)),
    )
    .toSorted();
}

function secretsOf(owner: string): string[] {
  return rightsOf(owner).filter((right) => right.startsWith('secretsmanager:'));
}

describe('a function may do no more than it does', () => {
  test('the webhook functions read their own secret, publish and log', () => {
    expect(rightsOf('GithubWebhook')).toEqual([
      'events:PutEvents <EventsBus>',
      'logs:CreateLogStream <GithubWebhookLogs>',
      'logs:PutLogEvents <GithubWebhookLogs>',
      'secretsmanager:GetSecretValue <SecretsGITHUBWEBHOOKSECRET>',
    ]);
    expect(rightsOf('LinearWebhook')).toContain(
      'secretsmanager:GetSecretValue <SecretsLINEARWEBHOOKSECRET>',
    );
  });

  test('the dispatcher starts flows that deliveries ask for, and reads no secret', () => {
    const rights = rightsOf('Dispatcher');
    expect(rights.filter((right) => right.startsWith('lambda:'))).toEqual([
      'lambda:InvokeFunction <AgentSessionFunctionAliaslive>',
      'lambda:InvokeFunction <ComponentAnalysisFunctionAliaslive>',
    ]);
    expect(rights.join()).not.toContain('secretsmanager');
  });

  test('the recorder asks what a run came to and writes it down, by key', () => {
    const rights = rightsOf('RunRecorder').filter((right) => /^(dynamodb|lambda):/.test(right));
    expect(rights).toEqual([
      'dynamodb:DeleteItem <StoreTable>',
      'dynamodb:GetItem <StoreTable>',
      'dynamodb:PutItem <StoreTable>',
      'lambda:GetDurableExecution <AgentSessionFunction>:*',
      'lambda:GetDurableExecution <AutonomousCicdFunction>:*',
      'lambda:GetDurableExecution <ComponentAnalysisFunction>:*',
      'lambda:GetDurableExecution <SystemHealthFunction>:*',
    ]);
  });

  test('sessions are answered without a look at GitHub, and agents are asked by two flows only', () => {
    expect(secretsOf('AgentSession')).toEqual([
      'secretsmanager:GetSecretValue <SecretsLINEARAPIKEY>',
      'secretsmanager:GetSecretValue <SecretsLINEARCLIENTID>',
      'secretsmanager:GetSecretValue <SecretsLINEARCLIENTSECRET>',
    ]);
    const asking = allowed.filter(({ resources }) => resources.join().includes('CODEGENAPITOKEN'));
    expect(asking.map(({ owner }) => owner).toSorted()).toEqual([
      'AutonomousCicd',
      'ComponentAnalysis',
    ]);
  });

  test('a session that is stopped ends agents where their provider can do that', () => {
    const config = { agents: { provider: 'cursor' } } as const;
    const { template: ofCursor } = synthesiseStack({ config });
    const reading = statementsOf(ofCursor).filter(({ resources }) =>
      resources.join().includes('CURSORAPIKEY'),
    );
    expect(reading.map(({ owner }) => owner).toSorted()).toEqual([
      'AgentSession',
      'AutonomousCicd',
      'ComponentAnalysis',
    ]);
  });

  test('nobody but the webhook functions reads the secrets that sign deliveries', () => {
    const reading = allowed.filter(({ actions, resources }) => {
      const secrets = resources.filter((resource) => resource.includes('WEBHOOKSECRET'));
      return actions.includes('secretsmanager:GetSecretValue') && secrets.length > 0;
    });
    expect(reading.map(({ owner }) => owner).toSorted()).toEqual([
      'GithubWebhook',
      'LinearWebhook',
    ]);
    expect(rightsOf('AutonomousCicd')).toContain(
      'secretsmanager:DescribeSecret <SecretsGITHUBWEBHOOKSECRET>',
    );
  });

  test('a look at the system itself changes nothing in the table', () => {
    const rights = rightsOf('SystemHealth').filter((right) => right.startsWith('dynamodb:'));
    expect(rights).toEqual([
      'dynamodb:GetItem <StoreTable>',
      'dynamodb:Query <StoreTable>',
      'dynamodb:Query <StoreTable>/index/byTime',
      'dynamodb:Query <StoreTable>/index/open',
    ]);
  });

  test('only the webhook functions publish, and what brings missed deliveries in', () => {
    const publishers = allowed.filter(({ actions }) => actions.includes('events:PutEvents'));
    expect(publishers.map(({ owner }) => owner).toSorted()).toEqual([
      'AutonomousCicd',
      'GithubWebhook',
      'LinearWebhook',
    ]);
  });

  test('nobody may change what is deployed, or who may do what', () => {
    const actions = allowed.flatMap((statement) => statement.actions);
    expect(
      actions.filter((action) => /^(iam|cloudformation|kms|sts):(?!AssumeRole$)/.test(action)),
    ).toEqual([]);
    expect(
      actions.filter((action) => /^lambda:(Update|Create|Delete|Add|Put)/.test(action)),
    ).toEqual([]);
  });
});

describe('a * in a policy', () => {
  test('stands behind the name of a resource, where ids are made up later, and nowhere else', () => {
    const wildcards = allowed.flatMap(({ actions, owner, resources }) =>
      [...actions, ...resources]
        .filter((text) => text.includes('*'))
        .map((text) => `${owner}: ${text}`),
    );
    expect([...new Set(wildcards)].toSorted()).toEqual([
      // Versions of a flow, and the runs below them.
      'AgentSession: <AgentSessionFunction>:*',
      'AgentSession: <ComponentAnalysisFunction>:*',
      'AutonomousCicd: <AgentSessionFunction>:*',
      'AutonomousCicd: <AutonomousCicdFunction>:*',
      'AutonomousCicd: <BlobsBucket>/*',
      'AutonomousCicd: <ComponentAnalysisFunction>:*',
      // Keys of blobs.
      'ComponentAnalysis: <BlobsBucket>/*',
      'ComponentAnalysis: <ComponentAnalysisFunction>:*',
      'RunRecorder: <AgentSessionFunction>:*',
      'RunRecorder: <AutonomousCicdFunction>:*',
      'RunRecorder: <ComponentAnalysisFunction>:*',
      'RunRecorder: <SystemHealthFunction>:*',
      'Scheduler: <AutonomousCicdFunction>:*',
      'Scheduler: <SystemHealthFunction>:*',
      'SystemHealth: <SystemHealthFunction>:*',
    ]);
  });

  test('forbids: whatever does not come by TLS', () => {
    const denied = statements.filter(({ effect }) => effect === 'Deny');
    expect(denied.length).toBeGreaterThan(0);
    for (const { condition } of denied) {
      expect(condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    }
  });
});

describe('alarms', () => {
  test('may tell of themselves, those of this account', () => {
    const publishing = statements.filter(({ actions }) => actions.includes('sns:Publish'));
    expect(publishing).toContainEqual(
      expect.objectContaining({
        effect: 'Allow',
        resources: ['<AlarmsTopic>'],
        condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });
});

describe('who may invoke a function', () => {
  test('is one rule or one route, by its ARN', () => {
    const permissions = resourcesOf(template, 'AWS::Lambda::Permission');
    expect(permissions.length).toBeGreaterThan(0);
    for (const { Properties } of permissions) {
      expect(Properties).toMatchObject({
        Action: 'lambda:InvokeFunction',
        Principal: expect.stringMatching(/^(events|apigateway)\.amazonaws\.com$/),
        SourceArn: expect.anything(),
      });
    }
  });
});
