import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deployedVariables } from '../../../lib/runtime/deployed-environment.ts';
import { agentSession } from '../../../lib/flows/agent-session/run.ts';
import { autonomousCicd } from '../../../lib/flows/autonomous-cicd/run.ts';
import { componentAnalysis } from '../../../lib/flows/component-analysis/run.ts';
import { systemHealth } from '../../../lib/flows/system-health/run.ts';
import { functionsIn } from '../../../infra/constructs/deployed-function.ts';
import { flowsIn } from '../../../infra/constructs/durable-flow.ts';
import { resourcesOf, synthesiseStack } from './synthesise-stack.ts';

const { stack, template } = synthesiseStack();
const lambdas = resourcesOf(template, 'AWS::Lambda::Function');

const environmentSchema = z.object({ Variables: z.record(z.string(), z.unknown()) });

/** Of the function that is made of a file in functions/. */
function lambdaOf(file: string): Record<string, unknown> {
  const made = functionsIn(stack).find((candidate) => candidate.file === file);
  const reference = z.object({ Ref: z.string() }).parse(stack.resolve(made?.function.functionName));
  const lambda = lambdas.find(({ id }) => id === reference.Ref);
  return lambda?.Properties ?? {};
}

function variablesOf(file: string): Record<string, unknown> {
  return environmentSchema.parse(lambdaOf(file)['Environment']).Variables;
}

describe('the functions of the stack', () => {
  test('are the files in functions/, one each', () => {
    const files = readdirSync('functions')
      .filter((name) => name.endsWith('.ts'))
      .map((name) => basename(name, '.ts'));
    expect(
      functionsIn(stack)
        .map(({ file }) => file)
        .toSorted(),
    ).toEqual(files.toSorted());
    expect(lambdas).toHaveLength(files.length);
  });

  test('run Node 24 on arm64, each by a role and with a log group of its own', () => {
    const roles = new Set(lambdas.map(({ Properties: { Role } }) => JSON.stringify(Role)));
    const logs = new Set(
      lambdas.map(({ Properties: { LoggingConfig } }) => JSON.stringify(LoggingConfig)),
    );
    expect([roles.size, logs.size]).toEqual([lambdas.length, lambdas.length]);
    for (const { Properties } of lambdas) {
      expect(Properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        // Adds nothing to the lines that we write.
        LoggingConfig: { LogFormat: 'Text' },
      });
      // One name for all stages and deployments would keep a durable function from being replaced.
      expect(Properties).not.toHaveProperty('FunctionName');
    }
  });

  test('run where the context says', () => {
    const { template: other } = synthesiseStack({ context: { architecture: 'x86_64' } });
    for (const { Properties } of resourcesOf(other, 'AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({ Architectures: ['x86_64'] });
    }
  });

  test('keep the events that they fail on; a run is recorded whatever becomes of it', () => {
    const keeping = functionsIn(stack).filter(({ deadLetters }) => deadLetters !== undefined);
    expect(keeping.map(({ file }) => file)).toEqual(['dispatcher', 'scheduler', 'run-recorder']);
    for (const { Properties } of resourcesOf(template, 'AWS::SQS::Queue')) {
      expect(Properties).toMatchObject({
        MessageRetentionPeriod: 14 * 86_400,
        SqsManagedSseEnabled: true,
      });
    }
    const tried = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig');
    expect(tried).toHaveLength(keeping.length);
    for (const { Properties } of tried) {
      expect(Properties).toMatchObject({ MaximumRetryAttempts: 2 });
    }
  });

  test('are told names and addresses only, each what it works with', () => {
    const secrets = [deployedVariables.secretsPrefix];
    expect(Object.keys(variablesOf('github-webhook')).toSorted()).toEqual(
      [deployedVariables.bus, deployedVariables.stack, ...secrets].toSorted(),
    );
    expect(variablesOf('dispatcher')).not.toHaveProperty(deployedVariables.secretsPrefix);
    const known = new Set<string>([...Object.values(deployedVariables), 'NODE_OPTIONS']);
    for (const { file } of functionsIn(stack)) {
      expect(Object.keys(variablesOf(file)).filter((name) => !known.has(name))).toEqual([]);
    }
  });

  test('reach GitHub and Linear where the environment of the deployment says', () => {
    const environment = {
      GITHUB_API_URL: 'https://github.example.com/api/v3',
      GITHUB_SERVER_URL: 'https://git.example.com',
      LINEAR_API_URL: ' ',
      GITHUB_TOKEN: 'ghp_never',
    };
    const { template: other } = synthesiseStack({ environment });
    const told = JSON.stringify(other).match(/github\.example\.com/g) ?? [];
    expect(told).toHaveLength(3);
    expect(JSON.stringify(other).match(/git\.example\.com/g)).toHaveLength(3);
    expect(JSON.stringify(other)).not.toMatch(/LINEAR_API_URL|ghp_never/);
  });
});

describe('a flow', () => {
  test.each([componentAnalysis, agentSession, systemHealth, autonomousCicd])(
    '$name has the time that it says itself, and is kept as long as the configuration says',
    ({ executionTimeoutSeconds, name }) => {
      expect(lambdaOf(name)).toMatchObject({
        Timeout: Math.min(executionTimeoutSeconds, 900),
        DurableConfig: { ExecutionTimeout: executionTimeoutSeconds, RetentionPeriodInDays: 14 },
      });
    },
  );

  test('is kept for 90 days at most: Lambda does not do more', () => {
    const { template: other } = synthesiseStack({ config: { runs: { retentionDays: 400 } } });
    const kept = resourcesOf(other, 'AWS::Lambda::Function').flatMap(({ Properties }) =>
      Properties['DurableConfig'] === undefined ? [] : [Properties['DurableConfig']],
    );
    expect(kept).toHaveLength(4);
    for (const config of kept) expect(config).toMatchObject({ RetentionPeriodInDays: 90 });
  });

  test('is invoked by the alias live, and its versions stay when a new one is deployed', () => {
    const aliases = resourcesOf(template, 'AWS::Lambda::Alias');
    const versions = resourcesOf(template, 'AWS::Lambda::Version');
    expect(aliases.map(({ Properties: { Name } }) => Name)).toEqual([
      'live',
      'live',
      'live',
      'live',
    ]);
    expect(versions).toHaveLength(flowsIn(stack).length);
    for (const version of versions) expect(version).toMatchObject({ DeletionPolicy: 'Retain' });
  });

  test('may go on with its own runs before it can be started', () => {
    for (const { DependsOn, id } of resourcesOf(template, 'AWS::Lambda::Alias')) {
      const [flow] = id.split('Function');
      expect(DependsOn).toEqual([expect.stringMatching(`^${flow}OnItself`)]);
    }
  });
});
