import { describe, expect, test } from 'vitest';
import { visit, type Template } from './check-template.ts';
import { resourcesOf, synthesiseStack } from './synthesise-stack.ts';

const { template } = synthesiseStack();

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource?: unknown;
}

/** Statements by the part of the system that their policy belongs to. */
function statementsOf({ Resources }: Template): [owner: string, Statement][] {
  const found: [string, Statement][] = [];
  for (const [id, { Properties }] of Object.entries(Resources)) {
    visit(Properties, ({ Statement: statements }) => {
      if (!Array.isArray(statements)) return;
      for (const statement of statements as Statement[]) found.push([ownerOf(id), statement]);
    });
  }
  return found;
}

/** `Dispatcher` of `DispatcherRoleDefaultPolicy1A2B3C4D`. */
function ownerOf(id: string): string {
  return id.replace(/(Role|OnItself|DeadLetters|Topic|Bucket).*$/, '');
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** An ARN as text, with `<Id>` for what CloudFormation fills in. */
function arnText(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::GetAtt': attribute, 'Fn::Join': join, Ref: ref } = value as Record<string, unknown>;
  if (typeof ref === 'string') return `<${logicalName(ref)}>`;
  if (Array.isArray(attribute)) return `<${logicalName(String(attribute[0]))}>`;
  const [, parts] = join as [string, unknown[]];
  return parts.map((part) => arnText(part)).join('');
}

/** Without the digest at the end. */
const logicalName = (id: string) => id.replace(/[0-9A-F]{8}$/, '');

const allowed = statementsOf(template).filter(([, { Effect }]) => Effect === 'Allow');

function rightsOf(owner: string): string[] {
  return allowed
    .filter(([name, { Resource }]) => name === owner && Resource !== undefined)
    .flatMap(([, { Action, Resource }]) =>
      asList(Action).flatMap((action) =>
        asList(Resource).map((resource) => `${String(action)} ${arnText(resource)}`),
      ),
    )
    .toSorted();
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
      'lambda:InvokeFunction <ComponentAnalysisFunctionAliaslive>',
    ]);
    expect(rights.join()).not.toContain('secretsmanager');
  });

  test('the recorder starts nothing', () => {
    expect(rightsOf('RunRecorder').join()).not.toContain('lambda:InvokeFunction');
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
    const publishers = allowed.filter(([, { Action }]) =>
      asList(Action).includes('events:PutEvents'),
    );
    expect(publishers.map(([owner]) => owner).toSorted()).toEqual([
      'AutonomousCicd',
      'GithubWebhook',
      'LinearWebhook',
    ]);
  });

  test('nobody may change what is deployed, or who may do what', () => {
    const actions = allowed.flatMap(([, { Action }]) => asList(Action).map(String));
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
    const wildcards = allowed.flatMap(([owner, { Action, Resource = [] }]) =>
      [...asList(Action), ...asList(Resource)]
        .map((value) => arnText(value))
        .filter((text) => text.includes('*'))
        .map((text) => `${owner}: ${text}`),
    );
    expect([...new Set(wildcards)].toSorted()).toEqual([
      // Versions of a flow, and the runs below them.
      'AutonomousCicd: <AutonomousCicdFunction>:*',
      'AutonomousCicd: <BlobsBucket>/*',
      'AutonomousCicd: <ComponentAnalysisFunction>:*',
      // Keys of blobs.
      'ComponentAnalysis: <BlobsBucket>/*',
      'ComponentAnalysis: <ComponentAnalysisFunction>:*',
      'RunRecorder: <AutonomousCicdFunction>:*',
      'RunRecorder: <ComponentAnalysisFunction>:*',
      'RunRecorder: <SystemHealthFunction>:*',
      'SystemHealth: <SystemHealthFunction>:*',
    ]);
  });

  test('forbids: whatever does not come by TLS', () => {
    const denied = statementsOf(template).filter(([, { Effect }]) => Effect === 'Deny');
    const conditions = denied.map(
      ([, statement]) => (statement as { Condition?: unknown }).Condition,
    );
    expect(conditions.length).toBeGreaterThan(0);
    for (const condition of conditions) {
      expect(condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    }
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
