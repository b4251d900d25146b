import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deployedConfigurationDigest } from '../../../infra/desk/configuration-digest.ts';
import { stackOutputsSchema } from '../../../infra/stack-outputs.ts';
import { secretNames } from '../../../lib/domain/secret-names.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import { resourcesOf, synthesiseStack } from './synthesise-stack.ts';

const { artifact, template } = synthesiseStack();

describe('what a stack tells of itself', () => {
  test('is what the commands read, by those very names', () => {
    expect(Object.keys(template.Outputs).toSorted()).toEqual(
      Object.keys(stackOutputsSchema.shape).toSorted(),
    );
  });

  test('is described, for people who look at it in the console', () => {
    for (const { Description } of Object.values(template.Outputs)) {
      expect(Description).toMatch(/^[A-Z].{20,}$/);
    }
  });

  test('has a mark that stays as long as the stack: eight hex digits of its id', () => {
    const uuid = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    expect(template.Outputs['Installation']?.Value).toEqual({
      'Fn::Select': [0, { 'Fn::Split': ['-', uuid] }],
    });
  });

  test('says by which configuration it was deployed, wherever its file lay', () => {
    const digest = deployedConfigurationDigest(parseConfig({}));
    expect(template.Outputs['ConfigurationDigest']?.Value).toBe(digest);
  });
});

describe('secrets', () => {
  test('are made, named behind the stack, and without a value', () => {
    const secrets = resourcesOf(template, 'AWS::SecretsManager::Secret');
    // Those of an agent that nobody asks would be paid for.
    const needed = secretNames.filter((name) => name !== 'CURSOR_API_KEY');
    expect(secrets.map(({ Properties: { Name } }) => String(Name)).toSorted()).toEqual(
      needed
        .map((name) => `autonomous-cicd-dev/${name.toLowerCase().replaceAll('_', '-')}`)
        .toSorted(),
    );
    for (const { Properties } of secrets) {
      expect(Object.keys(Properties).toSorted()).toEqual(['Description', 'Name']);
    }
  });

  test.each([
    ['cursor', ['autonomous-cicd-dev/cursor-api-key']],
    ['none', []],
  ] as const)('of the agent %s are made, and of no other', (provider, names) => {
    const { template: asking } = synthesiseStack({ config: { agents: { provider } } });
    const made = resourcesOf(asking, 'AWS::SecretsManager::Secret')
      .map(({ Properties: { Name } }) => String(Name))
      .filter((name) => /codegen|cursor/.test(name));
    expect(made).toEqual(names);
  });

  test('are nowhere in what is synthesised, though they are set where it is done', () => {
    const environment = Object.fromEntries(secretNames.map((name) => [name, `value-of-${name}`]));
    const { artifact: other } = synthesiseStack({ environment });
    expect(readFileSync(other.templateFullPath, 'utf8')).not.toContain('value-of-');
  });
});

/** Code, configuration, notes of the CDK and the drawing of the dashboard change without being looked at here. */
function reviewed(text: string): string {
  const parsed: unknown = JSON.parse(
    text
      .replaceAll(/[0-9a-f]{64}(?=\.zip)/g, 'HASH')
      // A version of a function is named after what is in it.
      .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1HASH')
      .replaceAll(deployedConfigurationDigest(parseConfig({})), 'DIGEST'),
  );
  const leftOut = new Set(['Metadata', 'DashboardBody']);
  const shown = (name: string, value: unknown) => (leftOut.has(name) ? undefined : value);
  return `${JSON.stringify(parsed, shown, 1)}\n`;
}

describe('the template as a whole', () => {
  test('is as it was reviewed', async () => {
    const text = readFileSync(artifact.templateFullPath, 'utf8');
    await expect(reviewed(text)).toMatchFileSnapshot('template.snap');
  });
});
