import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectAgents } from '../../../functions/services/agent-providers.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import { buildAgentRequest, openSharedStore, startAgain } from '../../support/agent-providers.ts';
import { codegenSecrets, failureOf, openCodegen } from './hosted-providers.ts';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('Agent runs at Codegen', () => {
  test('get what Codegen needs to know', async () => {
    const { provider, server } = await openCodegen({
      settings: { model: 'claude-sonnet', agentType: 'claude_code' },
    });
    const request = buildAgentRequest({ prompt: 'Look at lib.' });
    await provider.start(request);
    expect(server.agentRuns).toMatchObject([
      {
        prompt: 'Look at lib.',
        metadata: { cicd_agent_run: request.id, title: 'code quality of lib' },
        repositoryId: 7,
        model: 'claude-sonnet',
        agentType: 'claude_code',
      },
    ]);
  });

  test('are found among many others, and not where they are too old', async () => {
    const { forward, provider, requests, server } = await openCodegen({
      server: { limits: { creationsPerMinute: 1_000, requestsPer30s: 1_000 } },
      settings: { creationsPerMinute: 1_000, requestsPer30Seconds: 1_000 },
    });
    const askedSince = new Date().toISOString();
    const request = buildAgentRequest();
    const { providerId } = await provider.start(request);
    for (let index = 0; index < 45; index += 1) await provider.start(buildAgentRequest());
    forward(60_000);
    expect(await provider.find?.(request.id, { askedSince })).toMatchObject({ providerId });
    expect(server.agentRuns).toHaveLength(46);

    const before = requests.length;
    forward(3_600_000);
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    expect(await provider.find?.(request.id, { askedSince: inAnHour })).toBeUndefined();
    const lines = requests.slice(before).map(({ line }) => line);
    expect(lines).toEqual(['GET /v1/organizations/42/agent/runs?skip=0&limit=20']);
  });

  test('are not started again before it can be seen that they were not', async () => {
    const { forward, provider, server } = await openCodegen();
    const request = buildAgentRequest();
    const asked = { askedSince: minutesAgo(5), lastAskedAt: minutesAgo(0) };
    const error = await failureOf(startAgain(provider, request, asked));
    expect(error).toMatchObject({ retryable: true, service: 'codegen' });
    expect(server.agentRuns).toEqual([]);
    forward(20_000);
    await startAgain(provider, request, asked);
    expect(server.agentRuns).toHaveLength(1);
  });

  test('are not started again where too many others hide whether they were', async () => {
    const { addFaults, provider, server } = await openCodegen();
    const item = { id: 1, created_at: null, metadata: null };
    const body = JSON.stringify({ items: Array.from({ length: 20 }, () => item) });
    const headers = { 'content-type': 'application/json' };
    addFaults([{ answer: { kind: 'answer', status: 200, headers, body }, times: 25 }]);
    const asked = { askedSince: minutesAgo(0) };
    const error = await failureOf(startAgain(provider, buildAgentRequest(), asked));
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toContain('is not started again');
    expect(server.agentRuns).toEqual([]);
  });

  test('are found among others whose answers are too long for one page', async () => {
    const { addFaults, forward, provider, requests, server } = await openCodegen();
    const askedSince = new Date().toISOString();
    const request = buildAgentRequest();
    const { providerId } = await provider.start(request);
    forward(60_000);
    const body = ' '.repeat(17_000_000);
    addFaults([{ answer: { kind: 'answer', status: 200, headers: {}, body }, times: 2 }]);
    expect(await provider.find?.(request.id, { askedSince })).toMatchObject({ providerId });
    expect(server.agentRuns).toHaveLength(1);
    expect(requests.slice(1).map(({ line }) => line.split('?')[1])).toEqual([
      'skip=0&limit=20',
      'skip=0&limit=5',
      'skip=0&limit=2',
    ]);
  });

  test('are not started again where one hides whose answer is not read', async () => {
    const { addFaults, provider, server } = await openCodegen();
    const body = ' '.repeat(17_000_000);
    addFaults([{ answer: { kind: 'answer', status: 200, headers: {}, body }, times: 4 }]);
    const asked = { askedSince: minutesAgo(0) };
    const error = await failureOf(startAgain(provider, buildAgentRequest(), asked));
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toContain('is not started again');
    expect(server.agentRuns).toEqual([]);
  });

  test('run on the repository of that name, wherever it stands in the list', async () => {
    const others = Array.from({ length: 130 }, (_, index) => ({
      id: index + 100,
      full_name: `acme/shop-${index}`,
    }));
    const { provider, requests, server } = await openCodegen({
      server: { repositories: [...others, { id: 9, full_name: 'ACME/Shop' }] },
      settings: { repositories: {} },
    });
    await provider.start(buildAgentRequest());
    await provider.start(buildAgentRequest());
    expect(server.agentRuns.map(({ repositoryId }) => repositoryId)).toEqual([9, 9]);
    expect(requests.filter(({ line }) => line.includes('/repos?'))).toHaveLength(2);
  });

  test('are not started for a repository that Codegen does not know', async () => {
    const { provider, server } = await openCodegen({
      server: { repositories: [{ id: 9, full_name: 'acme/other' }] },
      settings: { repositories: {} },
    });
    const error = await failureOf(provider.start(buildAgentRequest()));
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toMatch(/does not know the repository acme\/shop\. Connect it/);
    expect(server.agentRuns).toEqual([]);
  });

  test('go on under a status never seen before', async () => {
    const { provider, server } = await openCodegen();
    server.behave(() => ({ afterMs: 0, finalStatus: 'PONDERING\u0007' }));
    const { providerId } = await provider.start(buildAgentRequest());
    expect(await provider.get(providerId)).toMatchObject({
      state: 'running',
      status: 'PONDERING\ufffd',
      problem: null,
    });
  });

  test('answer with 10 MB, and with no more than 16', async () => {
    const { forward, provider, server } = await openCodegen();
    server.behave(() => ({ afterMs: 0, result: 'x'.repeat(10_000_000) }));
    const large = await provider.start(buildAgentRequest());
    expect((await provider.get(large.providerId))?.text).toHaveLength(10_000_000);
    server.behave(() => ({ afterMs: 60_000, result: 'x'.repeat(17_000_000) }));
    const larger = await provider.start(buildAgentRequest());
    forward(60_000);
    expect(await provider.get(larger.providerId)).toMatchObject({
      state: 'failed',
      text: null,
      problem: 'Codegen has sent an answer of more than 16 MB, which was not read.',
    });
  });

  test('link to web pages only', async () => {
    const { provider, server } = await openCodegen();
    const pullRequest = { id: 1, title: 'x', created_at: '', head_branch_name: 'b' };
    server.behave(() => ({
      afterMs: 0,
      pullRequests: [
        { ...pullRequest, url: 'javascript:alert(1)' },
        { ...pullRequest, url: 'file:///etc/passwd' },
        { ...pullRequest, url: 'https://user:word@github.com/acme/shop/pull/1' },
        { ...pullRequest, url: null },
        { ...pullRequest, url: 'https://github.com/acme/shop/pull/2' },
      ],
    }));
    const { providerId } = await provider.start(buildAgentRequest());
    const view = await provider.get(providerId);
    expect(view?.pullRequests.map(({ url }) => url)).toEqual([
      'https://github.com/acme/shop/pull/2',
    ]);
  });
});

describe('The rate of Codegen', () => {
  test('is shared by all processes: what is too much is not even asked for', async () => {
    const { another, forward, provider, requests, server } = await openCodegen({
      store: openSharedStore(),
      server: { limits: { creationsPerMinute: 3 } },
      settings: { creationsPerMinute: 3 },
    });
    const processes = [provider, another(), another()];
    const starts = Array.from({ length: 9 }, async (_, index) =>
      processes[index % 3]?.start(buildAgentRequest()),
    );
    const ends = await Promise.allSettled(starts);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const end of ends) {
      if (end.status === 'fulfilled') continue;
      expect(end.reason).toMatchObject({ status: 429, retryable: true });
      expect(String(end.reason)).toMatch(
        /allow 3 new agent runs a minute at Codegen\. The next one is possible at/,
      );
    }
    expect(requests).toHaveLength(3);
    expect(server.agentRuns).toHaveLength(3);
    forward(60_000);
    await provider.start(buildAgentRequest());
    expect(server.agentRuns).toHaveLength(4);
  });

  test('is what Codegen takes, however many starts the budget allows', async () => {
    const { requests, server } = await openCodegen();
    vi.stubEnv('CODEGEN_API_URL', server.url);
    onTestFinished(() => void vi.unstubAllEnvs());
    const config = parseConfig({ agents: { budget: { startsPerMinute: 100 } } });
    const agents = connectAgents({
      config: { config, folder: '/work' },
      secrets: codegenSecrets(server),
      store: openSharedStore(),
    });
    const starts = Array.from({ length: 12 }, async () =>
      agents.current()?.start(buildAgentRequest()),
    );
    const ends = await Promise.allSettled(starts);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(requests.filter(({ line }) => line.startsWith('POST'))).toHaveLength(10);
  });

  test('holds for looking as well, by itself', async () => {
    const { provider } = await openCodegen({ settings: { requestsPer30Seconds: 2 } });
    const { providerId } = await provider.start(buildAgentRequest());
    await provider.get(providerId);
    await provider.get(providerId);
    const error = await failureOf(provider.get(providerId));
    expect(error.message).toMatch(
      /^These settings allow 2 requests to Codegen within 30 s\. The next one is possible/,
    );
    await provider.start(buildAgentRequest());
  });
});
