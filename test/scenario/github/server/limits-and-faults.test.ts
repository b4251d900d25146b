import { describe, expect, test } from 'vitest';
import { ask } from '../../../support/github/ask.ts';
import { secondaryLimit } from '../../../support/github/faults.ts';
import { startGithubServer } from '../../../support/github/github-server.ts';

const token = 'ghp_test';
const tokens = [{ token }, { token: 'ghp_other', login: 'bob' }];

function startShop(rateLimit = 5_000) {
  return startGithubServer({ repositories: [{ name: 'acme/shop' }], tokens, rateLimit });
}

const head = 'GET /repos/acme/shop/commits/HEAD';

describe('conditional requests', () => {
  test('nothing new costs nothing, until something is pushed', async () => {
    const { push, url } = await startShop();
    const first = await ask(url, head, { token });
    const condition = { 'if-none-match': first.headers.get('etag') ?? '' };
    const second = await ask(url, head, { token, headers: condition });
    expect(second.status).toBe(304);
    expect(second.headers.get('x-ratelimit-used')).toBe(first.headers.get('x-ratelimit-used'));
    await push('acme/shop', { files: { 'a.py': '' } });
    expect(await ask(url, head, { token, headers: condition })).toMatchObject({ status: 200 });
  });

  test('an answer to somebody else is no answer to us', async () => {
    const { url } = await startShop();
    const { headers } = await ask(url, head, { token: 'ghp_other' });
    const condition = { 'if-none-match': headers.get('etag') ?? '' };
    expect(await ask(url, head, { token, headers: condition })).toMatchObject({ status: 200 });
  });
});

describe('rate limits', () => {
  test('everybody has a quota, and is refused when it is used up', async () => {
    const { url } = await startShop(2);
    const answers = [];
    for (let asked = 0; asked < 3; asked += 1) answers.push(await ask(url, head, { token }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 403]);
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual([
      '1',
      '0',
      '0',
    ]);
    const reset = Number(answers[2]?.headers.get('x-ratelimit-reset'));
    expect(reset * 1_000).toBeGreaterThan(Date.now());
    expect(await ask(url, head, { token: 'ghp_other' })).toMatchObject({ status: 200 });
  });

  test('asking for what is left costs nothing', async () => {
    const { url } = await startShop(2);
    await ask(url, 'GET /rate_limit', { token });
    const { object } = await ask(url, 'GET /rate_limit', { token });
    expect(object).toMatchObject({ resources: { core: { limit: 2, used: 0, remaining: 2 } } });
  });
});

describe('faults on demand', () => {
  test('a secondary limit meets as many requests as are wanted, of that operation alone', async () => {
    const { script, url } = await startShop();
    script({ operation: 'repos/get-commit', times: 2, fault: secondaryLimit(30) });
    expect(await ask(url, 'GET /repos/acme/shop', { token })).toMatchObject({ status: 200 });
    const limited = await ask(url, head, { token });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '30']);
    expect(await ask(url, head, { token })).toMatchObject({ status: 403 });
    expect(await ask(url, head, { token })).toMatchObject({ status: 200 });
  });

  const issue = { token, body: { title: 'Broken' } };
  const create = 'POST /repos/acme/shop/issues';

  test('a connection is reset before anything is done', async () => {
    const { repository, requests, script, url } = await startShop();
    script({ fault: { kind: 'reset' } });
    await expect(ask(url, create, issue)).rejects.toThrow('fetch failed');
    expect(repository('acme/shop').issues).toEqual([]);
    expect(requests).toMatchObject([{ status: 0 }]);
  });

  test('an answer gets lost after all is done', async () => {
    const { repository, script, url } = await startShop();
    script({ fault: { kind: 'reset' }, done: true });
    await expect(ask(url, create, issue)).rejects.toThrow('fetch failed');
    expect(repository('acme/shop').issues).toMatchObject([{ title: 'Broken' }]);
  });

  test('an answer breaks off in its middle', async () => {
    const { repository, script, url } = await startShop();
    script({ fault: { kind: 'cut' } });
    await expect(ask(url, create, issue)).rejects.toThrow('terminated');
    expect(repository('acme/shop').issues).toHaveLength(1);
  });

  test('nothing ever comes', async () => {
    const { script, url } = await startShop();
    script({ method: 'GET', fault: { kind: 'hang' } });
    const signal = AbortSignal.timeout(100);
    const headers = { 'user-agent': 'test' };
    await expect(fetch(`${url}/rate_limit`, { headers, signal })).rejects.toThrow('timeout');
  });
});
