import { expect, test } from 'vitest';
import { missingSecrets } from '../../../../infra/cli/secrets/secret-uses.ts';
import type { SecretName } from '../../../../lib/domain/secret-names.ts';
import { parseConfig } from '../../../../lib/runtime/config.ts';

const repository = { name: 'acme/shop', source: 'github', components: { orders: ['orders/**'] } };

function missing(config: object, ...set: SecretName[]) {
  return [...missingSecrets(parseConfig(config), (name) => set.includes(name))];
}

test('a configuration that uses neither Linear nor GitHub needs nothing', () => {
  expect(missing({})).toEqual([]);
});

test('public repositories are read without credentials; their deliveries are signed all the same', () => {
  expect(missing({ repositories: [repository] })).toEqual(['GITHUB_WEBHOOK_SECRET']);
});

test('one of two ways to prove who we are is enough', () => {
  const config = { repositories: [{ ...repository, githubReport: 'issue' }] };
  const webhook = 'GITHUB_WEBHOOK_SECRET';
  expect(missing(config, webhook)).toEqual(['GITHUB_TOKEN']);
  expect(missing(config, webhook, 'GITHUB_TOKEN')).toEqual([]);
  expect(missing(config, webhook, 'GITHUB_APP_ID', 'GITHUB_APP_PRIVATE_KEY')).toEqual([]);
});

test('of a way that was begun, the rest is missing', () => {
  const config = { linear: { trackingIssue: 'ENG-1' } };
  expect(missing(config, 'LINEAR_CLIENT_ID', 'LINEAR_WEBHOOK_SECRET')).toEqual([
    'LINEAR_CLIENT_SECRET',
  ]);
});

test('a provider of agents needs its secrets once somebody wants it', () => {
  expect(missing({}, 'CODEGEN_API_TOKEN')).toEqual(['CODEGEN_ORG_ID']);
  expect(missing({}, 'CODEGEN_API_TOKEN', 'CODEGEN_ORG_ID')).toEqual([]);
  expect(missing({ agents: { provider: 'cursor' } })).toEqual(['CURSOR_API_KEY']);
  expect(missing({ agents: { provider: 'none' } }, 'CODEGEN_API_TOKEN')).toEqual([]);
  expect(missing({ agents: { provider: 'command', command: { run: ['claude'] } } })).toEqual([]);
});
