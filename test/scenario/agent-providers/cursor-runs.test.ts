import { describe, expect, test } from 'vitest';
import { buildAgentRequest } from '../../support/agent-providers.ts';
import { failureOf, openCursor } from './hosted-providers.ts';

const isPage = (line: string) => /agents\/[^/]+$/.test(line);

describe('Agent runs at Cursor', () => {
  test('read the commit that was analysed, and open no pull request', async () => {
    const { provider, server } = await openCursor();
    const request = buildAgentRequest();
    await provider.start(request);
    expect(server.agents).toMatchObject([
      {
        name: 'code quality of lib',
        repositoryUrl: 'https://github.com/acme/shop',
        startingRef: request.commit,
        autoCreatePR: false,
        model: null,
      },
    ]);
  });

  test('begin at the branch where they may change code', async () => {
    const { provider, server } = await openCursor();
    const source = { kind: 'github', repository: 'acme/shop', ref: 'develop' } as const;
    await provider.start(buildAgentRequest({ mayChangeCode: true, source }));
    await provider.start(
      buildAgentRequest({ mayChangeCode: true, source: { ...source, ref: null } }),
    );
    expect(server.agents).toMatchObject([
      { startingRef: 'develop', autoCreatePR: true },
      { startingRef: null, autoCreatePR: true },
    ]);
  });

  test('are not started where Cursor has no access', async () => {
    const { addFaults, provider, server } = await openCursor();
    const elsewhere = { kind: 'github', repository: 'acme/other', ref: null } as const;
    const denied = await failureOf(provider.start(buildAgentRequest({ source: elsewhere })));
    expect(denied).toMatchObject({ status: 403, retryable: false });
    expect(denied.message).toContain('access to the repository');

    const folder = { kind: 'folder', path: '/work/shop' } as const;
    const local = await failureOf(provider.start(buildAgentRequest({ source: folder })));
    expect(local.message).toContain('works on repositories on GitHub only');

    const error = { code: 'integration_not_connected', message: 'Not connected.' };
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ error });
    addFaults([{ answer: { kind: 'answer', status: 400, headers, body } }]);
    const notConnected = await failureOf(provider.start(buildAgentRequest()));
    expect(notConnected.message).toMatch(/connect GitHub in Cursor's dashboard.*"Not connected\."/);
    expect(server.agents).toEqual([]);
  });

  test('are told more when they have ended, once', async () => {
    const { addFaults, another, provider, server } = await openCursor();
    server.behave(() => ({ never: true }));
    const { providerId } = await provider.start(buildAgentRequest());
    const busy = await failureOf(provider.resume?.(providerId, 'Go on.') ?? Promise.resolve());
    expect(busy).toMatchObject({ status: 409, retryable: true });
    expect(busy.message).toContain('The agent at Cursor is still at work (409).');

    await provider.cancel?.(providerId);
    addFaults([{ answer: { kind: 'reset' }, carriedOut: true }]);
    await failureOf(provider.resume?.(providerId, 'Go on.') ?? Promise.resolve());
    const resumed = await another().resume?.(providerId, 'Go on.');
    expect(server.agents[0]?.runs.map(({ prompt }) => prompt)).toHaveLength(2);
    expect(resumed?.providerId).not.toBe(providerId);
  });

  test('have a page, also for a process that has not started them', async () => {
    const { addFaults, another, provider, requests } = await openCursor();
    const { providerId, url } = await provider.start(buildAgentRequest());
    const reader = another();
    expect(await reader.get(providerId)).toMatchObject({ url });
    expect(await reader.get(providerId)).toMatchObject({ url });
    expect(requests.filter(({ line }) => isPage(line))).toHaveLength(1);

    addFaults([{ answer: { kind: 'reset' }, when: isPage }]);
    expect(await another().get(providerId)).toMatchObject({ url: null, providerId });
  });
});
