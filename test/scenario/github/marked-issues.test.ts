import { describe, expect, it } from 'vitest';
import { createCodeHost } from '../../../lib/adapters/github/code-host/code-host.ts';
import type { MarkedIssue } from '../../../lib/ports/code-host.ts';
import type { GithubServer } from '../../support/github/github-server.ts';
import type { Repository } from '../../support/github/world.ts';
import { githubWithApp, githubWithToken, requestsBy, shop } from './github-fixture.ts';

function anIssue(changes: Partial<MarkedIssue> = {}): MarkedIssue {
  return {
    repository: shop.name,
    marker: 'component-analysis:lib',
    title: 'Component lib',
    body: '3 findings',
    open: true,
    ...changes,
  };
}

type Issue = Repository['issues'][number];

function listings({ requests }: GithubServer) {
  return requests.filter(({ operation }) => operation === 'issues/list-for-repo');
}

const marker = '<!-- cicd:component-analysis:lib -->';

describe('a marked issue', () => {
  it('is opened, written anew, closed and reopened: always the same one', async () => {
    const { access, server } = await githubWithApp();
    const codeHost = createCodeHost(access);
    const opened = await codeHost.putIssue(anIssue());
    expect(opened).toMatchObject({ number: 1, url: expect.stringContaining('issues/1') });
    const { issues } = server.repository(shop.name);
    expect(issues).toMatchObject([
      { title: 'Component lib', state: 'open', author: 'acme-cicd[bot]' },
    ]);
    expect(issues[0]?.body).toBe(`${marker}\n3 findings`);

    await codeHost.putIssue(anIssue({ title: 'Component lib: 2 findings', body: '2 findings' }));
    expect(issues).toMatchObject([{ title: 'Component lib: 2 findings', state: 'open' }]);
    await codeHost.putIssue(anIssue({ body: 'Nothing', open: false }));
    expect(issues).toMatchObject([{ state: 'closed', body: `${marker}\nNothing` }]);
    expect(await codeHost.putIssue(anIssue())).toEqual(opened);
    expect(issues).toMatchObject([{ state: 'open' }]);
  });

  it('is not written when nothing differs', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    await codeHost.putIssue(anIssue());
    await codeHost.putIssue(anIssue());
    expect(requestsBy(server, 'POST', 'PATCH')).toHaveLength(1);
  });

  it('is not made to be closed', async () => {
    const { access, server } = await githubWithToken();
    expect(await createCodeHost(access).putIssue(anIssue({ open: false }))).toBeNull();
    expect(server.repository(shop.name).issues).toEqual([]);
  });

  it('is made once when the answer to it got lost', async () => {
    const { access, server } = await githubWithToken();
    server.script({ operation: 'issues/create', fault: { kind: 'cut' } });
    const put = await createCodeHost(access).putIssue(anIssue());
    expect(put).toMatchObject({ number: 1 });
    expect(server.repository(shop.name).issues).toHaveLength(1);
    expect(requestsBy(server, 'POST')).toHaveLength(1);
  });

  it('is found behind many others of our own', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    const issues = Array.from({ length: 130 }, (_, n) => ({ title: `Other ${n}` }));
    const { issues: there } = server.repository(shop.name);
    await codeHost.putIssue(anIssue());
    const [mine] = there.splice(0);
    if (mine === undefined) throw new Error('There is no issue');
    for (const [n, { title }] of issues.entries()) {
      there.push({ ...mine, number: n + 1, title, body: 'Of ada, but no report' });
    }
    there.push({ ...mine, number: 131 });
    server.requests.length = 0;
    expect(await createCodeHost(access).putIssue(anIssue())).toMatchObject({ number: 131 });
    expect(listings(server)).toHaveLength(2);
  });

  it('is looked at where it was the last time', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    await codeHost.putIssue(anIssue());
    server.requests.length = 0;
    await codeHost.putIssue(anIssue({ body: '2 findings' }));
    expect(listings(server)).toEqual([]);
    await codeHost.putIssue(anIssue({ marker: 'component-analysis:web' }));
    expect(server.repository(shop.name).issues).toHaveLength(2);
  });

  it.each<[string, (issues: Issue[]) => void]>([
    ['deleted', (issues) => issues.splice(0, 1)],
    ['taken for something else', ([issue]) => Object.assign(issue ?? {}, { body: 'To do' })],
    ['taken over by somebody else', ([issue]) => Object.assign(issue ?? {}, { author: 'eve' })],
  ])('is looked for anew where the last one was %s', async (_, change) => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    await codeHost.putIssue(anIssue());
    const { issues } = server.repository(shop.name);
    const [first] = issues;
    if (first === undefined) throw new Error('There is no issue');
    issues.push({ ...first, number: 2 });
    change(issues);
    expect(await codeHost.putIssue(anIssue())).toMatchObject({ number: 2 });
  });

  it('is the oldest where several carry the marker', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    await codeHost.putIssue(anIssue());
    const { issues } = server.repository(shop.name);
    const [first] = issues;
    if (first === undefined) throw new Error('There is no issue');
    issues.push({ ...first, number: 2 });
    await codeHost.putIssue(anIssue({ body: 'Nothing' }));
    expect(issues.map(({ body }) => body)).toEqual([`${marker}\nNothing`, `${marker}\n3 findings`]);
  });

  it('is never one that somebody else has written, nor a pull request', async () => {
    const foreign = { title: 'Mine!', body: `${marker}\nNot from the system` };
    const seed = {
      repositories: [{ ...shop, issues: [foreign, { ...foreign, isPullRequest: true }] }],
    };
    const { access, server } = await githubWithApp(seed);
    expect(await createCodeHost(access).putIssue(anIssue())).toMatchObject({ number: 3 });
    expect(server.repository(shop.name).issues).toMatchObject([
      foreign,
      foreign,
      { author: 'acme-cicd[bot]' },
    ]);
  });

  it('says which right is missing', async () => {
    const { access } = await githubWithToken({}, { scopes: ['read:user'] });
    await expect(createCodeHost(access).putIssue(anIssue())).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('"Issues: write"'),
    });
  });
});
