import { describe, expect, test } from 'vitest';
import { buildReplacedSecrets, buildSecrets } from '../../builders/secrets.ts';
import { buildAgentRequest } from '../../support/agent-providers.ts';
import type { FaultyAnswer } from '../../support/faulty-answers.ts';
import { failureOf, openCodegen } from './hosted-providers.ts';

const json = { 'content-type': 'application/json' };

function refusal(status: number, body: unknown): FaultyAnswer {
  return { kind: 'answer', status, headers: json, body: JSON.stringify(body) };
}

const isCreation = (line: string) => line === 'POST /v1/organizations/42/agent/run';

describe.each(['message', 'detail'] as const)('Codegen refuses by its %s', (shape) => {
  test('a token that is not valid, and its words are not shown', async () => {
    const { provider } = await openCodegen({
      server: { errorShape: shape },
      secrets: ({ orgId }) =>
        buildSecrets({ CODEGEN_API_TOKEN: 'not-the-token', CODEGEN_ORG_ID: orgId }),
    });
    const error = await failureOf(provider.start(buildAgentRequest()));
    expect(error).toMatchObject({ status: 401, retryable: false });
    expect(error.message).toBe(
      'Codegen does not accept CODEGEN_API_TOKEN (401). It is wrong, expired or revoked: set a new one.',
    );
  });

  test('an organisation that is not the owner’s', async () => {
    const { provider } = await openCodegen({
      server: { errorShape: shape },
      secrets: ({ token }) => buildSecrets({ CODEGEN_API_TOKEN: token, CODEGEN_ORG_ID: '43' }),
    });
    const error = await failureOf(provider.start(buildAgentRequest()));
    expect(error).toMatchObject({ status: 403, retryable: false });
    expect(error.message).toContain('CODEGEN_ORG_ID must be an organisation that the owner');
    expect(error.message).toContain('It says: "You do not have access to this organization."');
    const probed = await failureOf(provider.probe());
    expect(probed).toMatchObject({ retryable: false });
    expect(probed.message).toContain('does not belong to the organisation of CODEGEN_ORG_ID');
  });

  test('more agent runs than the plan allows', async () => {
    const { provider, server } = await openCodegen({ server: { errorShape: shape } });
    server.setQuota(0);
    const error = await failureOf(provider.start(buildAgentRequest()));
    expect(error).toMatchObject({ status: 402, retryable: false });
    expect(error.message).toContain('The agent runs of your Codegen plan are used up (402).');
    expect(error.message).toContain('It says: "Alloted agent runs');
  });

  test('a repository that it has lost, whose number is looked up again then', async () => {
    const repositories = [{ id: 7, full_name: 'Acme/Shop' }];
    const { provider, server } = await openCodegen({
      server: { errorShape: shape, repositories },
      settings: { repositories: {} },
    });
    await provider.start(buildAgentRequest());
    repositories[0] = { id: 8, full_name: 'Acme/Shop' };
    const error = await failureOf(provider.start(buildAgentRequest()));
    expect(error).toMatchObject({ status: 404, retryable: false });
    expect(error.message).toContain('Codegen does not know the repository acme/shop');
    await provider.start(buildAgentRequest());
    expect(server.agentRuns.map(({ repositoryId }) => repositoryId)).toEqual([7, 8]);
  });

  test('more than its limit allows', async () => {
    const { forward, provider, requests } = await openCodegen({
      server: { errorShape: shape, limits: { creationsPerMinute: 1 } },
    });
    await provider.start(buildAgentRequest());
    const error = await failureOf(provider.start(buildAgentRequest()));
    expect(error).toMatchObject({ status: 429, retryable: true });
    expect(error.message).toContain("Codegen's rate limit is reached (429).");
    const before = await failureOf(provider.start(buildAgentRequest()));
    expect(before.message).toMatch(
      /^Codegen has limited new agent runs \(429\)\. The next one is possible at/,
    );
    expect(requests).toHaveLength(2);
    forward(60_000);
    await provider.start(buildAgentRequest());
  });
});

describe('Codegen', () => {
  test('says in words what is wrong with a request', async () => {
    const { addFaults, provider } = await openCodegen();
    const detail = [{ loc: ['body', 'prompt'], msg: 'Field required', type: 'missing' }];
    addFaults([{ answer: refusal(422, { detail }), when: isCreation }]);
    const error = await failureOf(provider.start(buildAgentRequest()));
    expect(error).toMatchObject({ status: 422, retryable: false });
    expect(error.message).toBe(
      'Codegen does not accept what it was asked (422). It says: "body.prompt: Field required"',
    );
  });

  test('is quoted in plain words, cut, and never with the token', async () => {
    const { addFaults, provider, server } = await openCodegen();
    const message = `\u001b[31mToken ${server.token}\nis ${'very '.repeat(200)}bad`;
    addFaults([{ answer: refusal(403, { message, status_code: 403 }), when: isCreation }]);
    const error = await failureOf(provider.start(buildAgentRequest()));
    expect(error.message).toContain('It says: "\ufffd[31mToken … ⏎ is very very');
    expect(error.message).not.toContain(server.token);
    expect(error.message.length).toBeLessThan(500);
  });

  test('is asked with the new token as soon as the old one is refused', async () => {
    const { provider, requests, server } = await openCodegen({
      secrets: ({ orgId }) =>
        buildReplacedSecrets(
          { CODEGEN_API_TOKEN: 'the-one-before', CODEGEN_ORG_ID: orgId },
          { CODEGEN_API_TOKEN: 'codegen-token-of-no-worth', CODEGEN_ORG_ID: orgId },
        ),
    });
    await provider.start(buildAgentRequest());
    await provider.start(buildAgentRequest());
    expect(requests.map(({ status }) => status)).toEqual([401, 200, 200]);
    expect(server.agentRuns).toHaveLength(2);
  });

  test('takes the previous token while the new one is not known to it', async () => {
    const tokens = ['the-new-one', 'codegen-token-of-no-worth'];
    const { provider, requests } = await openCodegen({
      secrets: ({ orgId }) => ({
        get: async (name) => (name === 'CODEGEN_API_TOKEN' ? tokens : [orgId]),
        refresh: async () => true,
      }),
    });
    await provider.start(buildAgentRequest());
    await provider.start(buildAgentRequest());
    expect(requests.map(({ status }) => status)).toEqual([401, 200, 200]);
  });

  test('is not asked about what it cannot have', async () => {
    const { provider, requests } = await openCodegen({ settings: { repositories: {} } });
    const folder = buildAgentRequest({
      repository: 'shop',
      source: { kind: 'folder', path: '/work/shop' },
    });
    const error = await failureOf(provider.start(folder));
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toMatch(/cannot read a folder of this machine.*agents\.codegen\.repo/);
    await expect(provider.get('../../users/me')).rejects.toMatchObject({ retryable: false });
    expect(requests).toEqual([]);
  });

  test('is told once what an agent run shall do, also where it is not seen to be', async () => {
    const { addFaults, provider, server } = await openCodegen();
    server.behave(() => ({ afterMs: 0, finalStatus: 'PAUSED' }));
    const { providerId } = await provider.start(buildAgentRequest());
    addFaults([{ answer: { kind: 'reset' }, carriedOut: true }]);
    const error = await failureOf(provider.resume?.(providerId, 'Go on.') ?? Promise.resolve());
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toContain('look at it before you repeat it');
    expect(server.agentRuns[0]?.prompts.slice(1)).toEqual(['Go on.']);
  });
});
