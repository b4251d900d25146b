import { describe, expect, it } from 'vitest';
import { createGithubAccess } from '../../../lib/adapters/github/access/access.ts';
import { createCodeHostAdmin } from '../../../lib/adapters/github/admin/admin.ts';
import { githubWithApp, githubWithToken, shop } from './github-fixture.ts';

describe('who we are on GitHub', () => {
  it('is the user of a classic token, with its scopes', async () => {
    const { access } = await githubWithToken({}, { scopes: ['repo', 'admin:repo_hook'] });
    expect(await createCodeHostAdmin(access).whoAmI()).toEqual({
      kind: 'token',
      name: 'ada',
      scopes: ['repo', 'admin:repo_hook'],
      expiresAt: null,
      quota: {
        limit: 5_000,
        remaining: 4_999,
        resetsAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
  });

  it('is told with the end of a fine-grained token, which has no scopes', async () => {
    const expiresAt = '2099-12-24T09:30:00.000Z';
    const { access } = await githubWithToken({}, { expiresAt });
    const identity = await createCodeHostAdmin(access).whoAmI();
    expect(identity).toMatchObject({ scopes: null, expiresAt });
  });

  it('tells a classic token without scopes from one that has none by nature', async () => {
    const { access } = await githubWithToken({}, { scopes: [] });
    expect(await createCodeHostAdmin(access).whoAmI()).toMatchObject({ scopes: [] });
  });

  it('is the App, where one is set up', async () => {
    const { access } = await githubWithApp();
    expect(await createCodeHostAdmin(access).whoAmI()).toMatchObject({
      kind: 'app',
      name: 'acme-cicd',
      scopes: null,
      expiresAt: null,
    });
  });

  it('is nobody without credentials, and nobody is asked', async () => {
    const secrets = { get: () => Promise.resolve([]), refresh: () => Promise.resolve(true) };
    const access = createGithubAccess({ secrets, apiUrl: 'http://127.0.0.1:9' });
    expect(await createCodeHostAdmin(access).whoAmI()).toMatchObject({ kind: 'none', name: null });
  });

  it('fails for a token that GitHub does not take', async () => {
    const { access } = await githubWithToken({}, { expiresAt: '2020-01-01T00:00:00Z' });
    await expect(createCodeHostAdmin(access).whoAmI()).rejects.toMatchObject({
      status: 401,
      message: expect.stringMatching(/^(?!.*github_pat).*GITHUB_TOKEN is wrong/),
    });
  });
});

describe('what we may do with a repository', () => {
  it.each(['read', 'triage', 'write', 'maintain', 'admin'] as const)(
    'is the role of the user of the token: %s',
    async (role) => {
      const { access } = await githubWithToken({}, { role });
      expect(await createCodeHostAdmin(access).getAccess(shop.name)).toEqual({
        permissions: null,
        role,
      });
    },
  );

  it('are the permissions of the installation of an App', async () => {
    const { access } = await githubWithApp();
    expect(await createCodeHostAdmin(access).getAccess(shop.name)).toMatchObject({
      permissions: { checks: 'write', contents: 'read', metadata: 'read' },
      role: null,
    });
  });

  it('is nothing where there is none that we may see', async () => {
    const { access } = await githubWithToken();
    expect(await createCodeHostAdmin(access).getAccess('acme/gone')).toBeUndefined();
  });
});
