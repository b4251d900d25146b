import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectAgents } from '../../../functions/services/agent-providers.ts';
import { ConfigError } from '../../../lib/domain/errors.ts';
import type { AgentProvider } from '../../../lib/ports/agent-provider.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { buildAgentRequest, openSharedStore } from '../../support/agent-providers.ts';

function connect(agents: object, command?: AgentProvider) {
  const config = { config: parseConfig({ agents }), folder: '/work' };
  const secrets = buildSecrets({ CURSOR_API_KEY: 'x' });
  return connectAgents({ config, secrets, store: openSharedStore(), ...(command && { command }) });
}

describe('The providers of an installation', () => {
  test.each(['codegen', 'cursor'] as const)('hold the one that is configured: %s', (provider) => {
    const agents = connect({ provider });
    expect(agents.current()?.name).toBe(provider);
    expect(agents.current()).toBe(agents.of(provider));
  });

  test('may be none, and still know what ran before', () => {
    const agents = connect({ provider: 'none' });
    expect(agents.current()).toBeNull();
    expect(agents.of('codegen')?.name).toBe('codegen');
  });

  test('hold a command only where a machine stays', () => {
    const provider = 'command';
    expect(connect({ provider, command: { run: ['true'] } }).current()).toBeNull();
    const another = connect({}).of('codegen');
    expect(connect({ provider, command: { run: ['true'] } }, another).current()).toBe(another);
  });

  test('tell without asking anybody whether they could be asked', async () => {
    const agents = connect({});
    expect(await agents.of('codegen')?.isConfigured()).toBe(false);
    expect(await agents.of('cursor')?.isConfigured()).toBe(true);
  });

  test('are pointed at the server that GitHub is asked at, and at no other', async () => {
    vi.stubEnv('GITHUB_API_URL', 'https://proxy.acme.test');
    onTestFinished(() => void vi.unstubAllEnvs());
    const agent = connect({ provider: 'cursor' }).current();
    expect(agent?.name).toBe('cursor');
    await expect(agent?.start(buildAgentRequest())).rejects.toThrow(ConfigError);
  });
});
