import { expect, test } from 'vitest';
import { checkAgents, judgeBudgets } from '../../../../infra/cli/doctor/agent-checks.ts';
import type { AgentProviderName } from '../../../../lib/domain/agents/agent-run.ts';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import type { SecretName } from '../../../../lib/domain/secret-names.ts';
import type { AgentProvider } from '../../../../lib/ports/agent-provider.ts';
import { parseConfig } from '../../../../lib/runtime/config.ts';
import type { ConfigInput } from '../../../../lib/runtime/config-schema.ts';
import { buildSecrets } from '../../../builders/secrets.ts';

const refuse = () => Promise.reject(new Error('A check starts no agent run.'));

interface Setting {
  agents?: ConfigInput['agents'];
  set?: Partial<Record<SecretName, string>>;
  repositories?: ConfigInput['repositories'];
  environment?: Record<string, string>;
  variables?: Record<string, string>;
  /** Null: there is none where the system runs. */
  probe?: AgentProvider['probe'] | null;
}

function nameOf({ provider = 'codegen' }: NonNullable<Setting['agents']>): AgentProviderName {
  if (provider === 'none') throw new Error('That is no provider.');
  return provider;
}

function check({
  agents = {},
  environment = {},
  probe = refuse,
  repositories = [],
  set = {},
  variables = {},
}: Setting) {
  const provider: AgentProvider | null =
    probe === null || agents.provider === 'none'
      ? null
      : { name: nameOf(agents), isConfigured: refuse, start: refuse, get: refuse, probe };
  const outside = {
    agents: { current: () => provider, of: () => undefined },
    secrets: { ...buildSecrets(set), isSet: async (name: SecretName) => name in set },
    secretsPlace: '.env',
  };
  const config = parseConfig({ agents, repositories });
  return checkAgents(outside, { config, environment, variables });
}

const both = { CODEGEN_API_TOKEN: 'of no worth', CODEGEN_ORG_ID: '42' };

test('whose agents they are is told where they can be asked', async () => {
  const account = 'jane@acme.com in organisation 42';
  expect(await check({ set: both, probe: async () => ({ account }) })).toEqual([
    { area: 'Agents', subject: 'codegen', state: 'ok', detail: account },
  ]);
});

test('what the provider refuses is a problem in its words', async () => {
  const message = 'Codegen does not accept the token (401). Set a new CODEGEN_API_TOKEN.';
  const failure = new UpstreamError(message, { service: 'codegen', retryable: false });
  expect(await check({ set: both, probe: () => Promise.reject(failure) })).toMatchObject([
    {
      state: 'problem',
      detail: 'Codegen does not accept the token (401).',
      advice: 'Set a new CODEGEN_API_TOKEN.',
    },
  ]);
});

const { CODEGEN_API_TOKEN } = both;

const settings: [whose: string, setting: Setting, line: object][] = [
  ['of the default provider', {}, { state: 'off' }],
  ['that are wanted by nobody', { agents: { provider: 'none' } }, { state: 'off' }],
  [
    'with half of their secrets',
    { set: { CODEGEN_API_TOKEN } },
    { state: 'problem', advice: 'set CODEGEN_ORG_ID, in .env' },
  ],
  [
    'of a provider that somebody has chosen',
    { agents: { provider: 'cursor' } },
    { state: 'problem', advice: 'set CURSOR_API_KEY, in .env' },
  ],
  [
    'that need a machine which is not there',
    { agents: { provider: 'command', command: { run: ['claude'] } }, probe: null },
    { state: 'warning' },
  ],
];

test.each(settings)('agents %s are not set up, and nobody is asked', async (_, setting, line) => {
  expect(await check(setting)).toMatchObject([line]);
});

test('a day whose starts are used up is a warning, other limits have room again soon', () => {
  const day = { limit: 'day', repository: null, used: 3, allowed: 20 } as const;
  const ofShop = { limit: 'repository-day', repository: 'acme/shop', used: 3, allowed: 6 } as const;
  const atATime = { limit: 'concurrent', repository: null, used: 2, allowed: 2 } as const;
  expect(judgeBudgets([day, atATime, ofShop])).toMatchObject([
    { state: 'ok', detail: '3 of 20 starts within 24 hours · 2 of 2 agent runs at the same time' },
  ]);
  expect(judgeBudgets([{ ...day, used: 17 }])).toMatchObject([{ state: 'ok' }]);
  expect(judgeBudgets([{ ...day, used: 18 }])).toMatchObject([
    { state: 'warning', advice: expect.stringMatching(/^wait: .* room for 3 agents; or raise/) },
  ]);
  expect(judgeBudgets([{ ...day, used: 0, allowed: 2 }])).toMatchObject([
    { state: 'warning', advice: 'raise agents.budget: an analysis asks 3 agents or none' },
  ]);
  expect(judgeBudgets([day, { ...ofShop, used: 6 }])).toMatchObject([
    {
      state: 'warning',
      detail: expect.stringContaining('6 of 6 starts within 24 hours, acme/shop'),
    },
  ]);
  expect(judgeBudgets([])).toEqual([]);
});

test('a secret that is set and of no use is told as that', async () => {
  const variables = { CODEGEN_API_TOKEN, CODEGEN_ORG_ID: 'acme' };
  expect(await check({ set: { CODEGEN_API_TOKEN }, variables })).toMatchObject([
    { state: 'problem', detail: 'CODEGEN_ORG_ID: must be a whole number' },
  ]);
});

test('an answer of a provider does not send people to the rights of other services', async () => {
  const failure = new UpstreamError('No.', { service: 'codegen', retryable: false });
  expect(await check({ set: both, probe: () => Promise.reject(failure) })).toMatchObject([
    { advice: expect.not.stringContaining('README') },
  ]);
});

const shop = { name: 'acme/shop', components: { lib: ['lib'] } };
const onGithub = { ...shop, source: 'github' };
const command: NonNullable<Setting['agents']> = {
  provider: 'command',
  command: { run: ['claude'] },
};

const hurdles: [what: string, setting: Setting, told: object[]][] = [
  [
    'a folder that Codegen cannot read',
    { set: both, repositories: [shop] },
    [{ subject: 'acme/shop', advice: expect.stringContaining('agents.codegen.repositories') }],
  ],
  [
    'no folder whose number at Codegen is known',
    {
      set: both,
      repositories: [shop],
      agents: { codegen: { repositories: { 'Acme/shop': 7 } } },
    },
    [],
  ],
  [
    'a folder that Cursor cannot read',
    { set: { CURSOR_API_KEY: 'x' }, repositories: [shop], agents: { provider: 'cursor' } },
    [{ subject: 'acme/shop', advice: "give it source: 'github'" }],
  ],
  ['no folder that a command reads', { repositories: [shop], agents: command }, []],
  [
    'variables of a command that are not set',
    {
      environment: { SET: 'x' },
      agents: {
        ...command,
        command: { ...command.command, environment: ['SET', 'UNSET', 'NONE'] },
      },
    },
    [{ subject: 'environment', detail: expect.stringMatching(/not set here: UNSET, NONE$/) }],
  ],
  [
    'changes of a folder',
    { repositories: [shop], agents: { ...command, mayChangeCode: true } },
    [{ subject: 'acme/shop', detail: expect.stringContaining('become no pull request') }],
  ],
  [
    'changes without credentials of GitHub',
    { repositories: [onGithub], agents: { ...command, mayChangeCode: true } },
    [{ subject: 'mayChangeCode', advice: expect.stringContaining('GITHUB_TOKEN') }],
  ],
  [
    'no changes that can be handed in',
    {
      set: { GITHUB_TOKEN: 'x' },
      repositories: [onGithub],
      agents: { ...command, mayChangeCode: true },
    },
    [],
  ],
];

test.each(hurdles)('warns of %s', async (_, setting, told) => {
  const lines = await check({ ...setting, probe: async () => ({ account: 'jane' }) });
  expect(lines.slice(1)).toMatchObject(told.map((line) => ({ ...line, state: 'warning' })));
  expect(lines).toHaveLength(told.length + 1);
  expect(lines[0]).toMatchObject({ state: 'ok', detail: 'jane' });
});
