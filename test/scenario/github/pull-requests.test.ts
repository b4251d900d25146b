import { expect, test } from 'vitest';
import { createPullRequests } from '../../../lib/adapters/github/code-host/pull-requests.ts';
import { createGit } from '../../../lib/adapters/command/git/git-command.ts';
import { headerSettings } from '../../../lib/adapters/command/git/git-environment.ts';
import { createGitRemotes } from '../../../lib/adapters/github/git/git-remotes.ts';
import { startServer } from '../../support/local-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
  githubWithApp,
  githubWithToken,
  headOf,
  requestsBy,
  type Github,
} from './github-fixture.ts';

const wanted = {
  repository: 'acme/shop',
  head: 'cicd/1',
  title: 'Tidy\nthe cart',
  body: 'It is **tidy** now.',
};

async function withBranch(github: Github): Promise<Github> {
  const { server } = github;
  await server.push('acme/shop', { branch: 'cicd/1', files: { 'a.ts': '' } }, { tell: false });
  return github;
}

test('a pull request is opened once, to the default branch', async () => {
  const { access, connect, server } = await withBranch(await githubWithToken());
  const opened = await createPullRequests(access).open(wanted);
  const again = await createPullRequests(connect()).open(wanted);
  expect(opened).toEqual({ url: 'https://github.com/acme/shop/pull/1', number: 1 });
  expect(again).toEqual(opened);
  expect(requestsBy(server, 'POST')).toHaveLength(1);
  const { issues, pullRequests } = server.repository('acme/shop');
  expect(pullRequests).toMatchObject([{ head: 'cicd/1', base: 'main' }]);
  expect(issues).toMatchObject([{ title: 'Tidy ⏎ the cart', body: wanted.body }]);
});

test('one that people have closed is found, and not opened again', async () => {
  const { access, server } = await withBranch(await githubWithToken());
  const pullRequests = createPullRequests(access);
  const { number } = await pullRequests.open(wanted);
  for (const issue of server.repository('acme/shop').issues) issue.state = 'closed';
  expect(await pullRequests.open(wanted)).toMatchObject({ number });
  expect(requestsBy(server, 'POST')).toHaveLength(1);
});

test('one that somebody has opened meanwhile is found', async () => {
  const { access, server } = await withBranch(
    await githubWithToken({
      repositories: [{ name: 'acme/shop', issues: [{ title: 'Tidy', isPullRequest: true }] }],
    }),
  );
  const { pullRequests } = server.repository('acme/shop');
  pullRequests.push({ number: 1, head: 'cicd/1', base: 'main', draft: false });
  // It is not there yet at the first look.
  server.script({ operation: 'pulls/list', fault: { kind: 'answer', status: 200, json: [] } });
  expect(await createPullRequests(access).open(wanted)).toMatchObject({ number: 1 });
  expect(requestsBy(server, 'POST')).toHaveLength(1);
  expect(pullRequests).toHaveLength(1);
});

test('what GitHub refuses is told in words', async () => {
  const { access } = await githubWithToken();
  await expect(createPullRequests(access).open(wanted)).rejects.toMatchObject({
    status: 422,
    retryable: false,
  });
  const forbidden = await withBranch(await githubWithApp());
  await expect(createPullRequests(forbidden.access).open(wanted)).rejects.toThrow(
    'Give the GitHub App the permission "Pull requests: ',
  );
});

test('git gets to a private repository with a token, and with that of an installation', async () => {
  const repositories = [{ name: 'acme/shop', private: true }];
  const git = createGit({ PATH: process.env['PATH'] });
  const heads = async ({ access, server }: Github) => {
    const remote = await createGitRemotes(access, server.serverUrl).of('acme/shop');
    expect(remote.url).toBe(`${server.serverUrl}/acme/shop.git`);
    const call = { doing: 'look', folder: temporaryFolder(), settings: headerSettings(remote) };
    const listed = await git(['ls-remote', remote.url, 'HEAD'], call);
    expect(listed).toBe(`${headOf(server)}\tHEAD\n`);
    return server.gitRequests.at(-1)?.authorization;
  };
  expect(await heads(await githubWithToken({ repositories }))).toBe('token');
  expect(await heads(await githubWithApp({ repositories }))).toBe('installation');
});

test('git takes no credentials to where a server sends it', async () => {
  const elsewhere = await startServer((_, response) => void response.end());
  const moved = await startServer(({ url }, response) => {
    response.writeHead(301, { location: `${elsewhere.url}${url}` }).end();
  });
  const url = `${moved.url}/acme/shop.git`;
  const settings = headerSettings({ url, header: 'authorization: basic secret' });
  const look = createGit({ PATH: process.env['PATH'] })(['ls-remote', url], {
    doing: 'look',
    folder: temporaryFolder(),
    settings,
  });

  await expect(look).rejects.toMatchObject({
    retryable: false,
    message: expect.stringContaining('was renamed or moved: give its new name'),
  });
  expect(moved.seen).toMatchObject([{ authorization: 'basic secret' }]);
  expect(elsewhere.seen).toEqual([]);
});
