import { gzipSync } from 'node:zlib';
import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createGithubAccess } from '../../../lib/adapters/github/access/access.ts';
import type { GithubClientOptions } from '../../../lib/adapters/github/access/client.ts';
import {
  createGithubSourceHost,
  type GithubSourceOptions,
} from '../../../lib/adapters/github/source/source-host.ts';
import type { SourceEntry, SourceListing } from '../../../lib/ports/source-host.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { refuse, startServer } from '../../support/local-server.ts';
import { headCommit, linesOf, shopToken, startShop } from '../../support/shop-on-github.ts';
import { archiveRoot, tarballOf, tarOf } from '../../support/tarball.ts';

const token = shopToken;
const impatient = { retryMs: 1, requestMs: 500 };

interface Options extends GithubSourceOptions, GithubClientOptions {
  token?: string;
}

function sourceHost(apiUrl: string, { token: own, ...options }: Options = {}) {
  const secrets = buildSecrets(own === undefined ? {} : { GITHUB_TOKEN: own });
  const access = createGithubAccess({ secrets, apiUrl, ...impatient, ...options });
  return createGithubSourceHost(access, options);
}

const shop = (ref: string | null = null) =>
  ({ kind: 'github', repository: 'acme/shop', ref }) as const;

/** An analysis goes on when one file cannot be read: a cut-off source has to fail all the same. */
function textOf(entry: SourceEntry): Promise<string> {
  return entry.read().then(
    (bytes) => new TextDecoder().decode(bytes),
    () => 'unreadable',
  );
}

async function contentsOf(listing: SourceListing): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for await (const entry of listing.entries) {
    contents[entry.path] = entry.kind === 'file' ? await textOf(entry) : entry.kind;
  }
  return contents;
}

/** What reading the whole source fails with. */
async function failureOf(apiUrl: string, options: Options = {}): Promise<unknown> {
  try {
    await contentsOf(await sourceHost(apiUrl, options).open(shop('main')));
  } catch (error) {
    return error;
  }
  throw new Error('Nothing has failed');
}

describe('source from GitHub', () => {
  const files = {
    'orders/a.py': 'x = 1\n',
    'README.md': '# Shop\n',
    'empty.py': '',
    'a\\b.py': 'y',
  };

  test('hands over the files of the commit that the default branch is at', async () => {
    const api = await startShop(await tarballOf(files));
    const listing = await sourceHost(api.url).open(shop());
    expect(listing.commit).toBe(headCommit);
    expect(await contentsOf(listing)).toEqual(files);
    expect(linesOf(api)).toEqual([
      'GET /repos/acme/shop/commits/HEAD',
      `GET /repos/acme/shop/tarball/${headCommit}`,
    ]);
  });

  test('takes a branch whose name has a slash', async () => {
    const api = await startShop(await tarballOf(files));
    const { commit } = await sourceHost(api.url).open(shop('feature/x'));
    expect(commit).toBe(headCommit);
  });

  test('shows the token to the API and to nobody else', async () => {
    const api = await startShop(await tarballOf(files));
    await contentsOf(await sourceHost(api.url, { token }).open(shop()));
    expect(api.requests.map(({ authorization }) => authorization)).toEqual(['token', 'token']);
    expect(api.archiveAuthorizations).toEqual([undefined]);
  });

  test('follows a renamed repository inside the API', async () => {
    const renamed = await startShop(await tarballOf(files));
    const api = await startServer((request, response) => {
      if (request.url?.includes('/tarball/') === true) {
        response.writeHead(301, { location: `${api.url}/repositories/7` }).end();
      } else if (request.url === '/repositories/7') {
        response.writeHead(302, { location: renamed.archivesUrl }).end();
      } else {
        response.end(headCommit);
      }
    });
    expect(await contentsOf(await sourceHost(api.url).open(shop()))).toEqual(files);
    expect(renamed.requests).toEqual([]);
  });

  test('finds the archive on an Enterprise Server, which has all on one host', async () => {
    const archive = await tarballOf(files);
    const host = await startServer((request, response) => {
      if (request.url === '/_codeload/shop') response.end(archive);
      else if (request.url?.includes('/tarball/') !== true) response.end(headCommit);
      else response.writeHead(302, { location: `${host.url}/_codeload/shop` }).end();
    });
    const listing = await sourceHost(`${host.url}/api/v3`, { token }).open(shop());
    expect(await contentsOf(listing)).toEqual(files);
    expect(host.seen.map(({ authorization }) => authorization)).toEqual([
      `token ${token}`,
      `token ${token}`,
      undefined,
    ]);
  });

  test('takes the commit that is named, asking for its archive only', async () => {
    const api = await startShop(await tarballOf(files));
    const listing = await sourceHost(api.url).open({ ...shop('main'), atCommit: headCommit });
    expect(listing.commit).toBe(headCommit);
    expect(await contentsOf(listing)).toEqual(files);
    expect(linesOf(api)).toEqual([`GET /repos/acme/shop/tarball/${headCommit}`]);
  });

  test('a commit that is named and not there is told', async () => {
    const api = await startShop(await tarballOf(files));
    const atCommit = 'f'.repeat(40);
    await expect(sourceHost(api.url).open({ ...shop(), atCommit })).rejects.toMatchObject({
      reason: 'not-found',
      message: expect.stringContaining(`no commit ${atCommit} in the repository acme/shop`),
    });
  });

  test('entries that nobody reads do not stop the others', async () => {
    const large = 'y = 2\n'.repeat(100_000);
    const api = await startShop(await tarballOf({ 'a.py': large, 'b.py': 'x = 1\n' }));
    const { entries } = await sourceHost(api.url).open(shop());
    const found: [string, number][] = [];
    for await (const { path, size } of entries) found.push([path, size]);
    expect(found).toEqual([
      ['a.py', 600_000],
      ['b.py', 6],
    ]);
  });

  test('stops the download when the reader has seen enough', async () => {
    const beginning = (await tarballOf(files)).subarray(0, -30);
    const ended = Promise.withResolvers<string>();
    const api = await startShop((_, response) => {
      response.once('close', () => ended.resolve('closed'));
      response.write(beginning);
    });
    const { entries } = await sourceHost(api.url).open(shop());
    for await (const _ of entries) break;
    expect(await ended.promise).toBe('closed');
  });
});

describe('what GitHub refuses', () => {
  const inAnHour = String(Math.floor(Date.now() / 1_000) + 3_600);
  const usedUp = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inAnHour };

  test.each<[string, { answer: RequestListener; words: string; kind: object }]>([
    [
      'a bad token',
      {
        answer: refuse(401, 'Bad credentials'),
        words: 'GITHUB_TOKEN is wrong',
        kind: { retryable: false, status: 401 },
      },
    ],
    [
      'a right that the token lacks',
      {
        answer: refuse(403, 'Resource not accessible by personal access token'),
        words: 'the right "Contents: read"',
        kind: { retryable: false, status: 403 },
      },
    ],
    [
      'a used-up rate limit',
      {
        answer: refuse(403, 'API rate limit exceeded', usedUp),
        words: 'rate limit is used up until 20',
        kind: { retryable: true, status: 403 },
      },
    ],
    [
      'a secondary rate limit',
      {
        answer: refuse(429, 'You have exceeded a secondary rate limit', { 'retry-after': '60' }),
        words: 'it asks to wait 60 s',
        kind: { retryable: true, status: 429 },
      },
    ],
    [
      'a repository',
      {
        answer: refuse(404, 'Not Found'),
        words: 'no repository acme/shop',
        kind: { reason: 'not-found' },
      },
    ],
    [
      'a ref',
      { answer: refuse(422, 'No commit found'), words: '"main"', kind: { reason: 'not-found' } },
    ],
    [
      'an empty repository',
      {
        answer: refuse(409, 'Git Repository is empty.'),
        words: 'has no commits',
        kind: { reason: 'not-found' },
      },
    ],
    [
      'everything',
      {
        answer: refuse(502, 'Server Error'),
        words: 'has failed (502)',
        kind: { retryable: true, status: 502 },
      },
    ],
  ])('is told in words: %s', async (_, { answer, kind, words }) => {
    const api = await startShop(await tarballOf({}), { commits: answer });
    const failure = await failureOf(api.url, { token });
    expect(failure).toMatchObject({ message: expect.stringContaining(words), ...kind });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('secret'.repeat(2));
  });

  test('a rate limit without a token says that one helps', async () => {
    const api = await startShop(await tarballOf({}), { commits: refuse(429, 'Too many') });
    expect(String(await failureOf(api.url))).toContain('With GITHUB_TOKEN set it is far higher');
  });

  test('what fails in passing is asked for again', async () => {
    let asked = 0;
    const api = await startShop(await tarballOf({ 'a.py': '' }), {
      commits: (request, response) => {
        asked += 1;
        if (asked < 3) refuse(503, 'Unavailable')(request, response);
        else response.end(headCommit);
      },
    });
    expect(await contentsOf(await sourceHost(api.url).open(shop()))).toEqual({ 'a.py': '' });
  });

  test('a short wait for a rate limit is waited', async () => {
    let asked = 0;
    const api = await startShop(await tarballOf({}), {
      commits: (request, response) => {
        asked += 1;
        const limit = refuse(429, 'You have exceeded a secondary rate limit', {
          'retry-after': '1',
        });
        if (asked === 1) limit(request, response);
        else response.end(headCommit);
      },
    });
    await sourceHost(api.url).open(shop());
    expect(asked).toBe(2);
  });
});

describe('when the line is bad', () => {
  test('a commit that is cut off is not taken for one', async () => {
    const api = await startShop(await tarballOf({}), {
      commits: (_, response) => {
        response.writeHead(200, { 'content-length': '40' }).write('0123');
        setImmediate(() => response.destroy());
      },
    });
    expect(await failureOf(api.url)).toMatchObject({ name: 'UpstreamError', retryable: true });
  });

  test('an API that does not answer, or is not there, is given up', async () => {
    const api = await startShop(await tarballOf({}), { commits: () => {} });
    const words = { retryable: true, message: expect.stringContaining('does not answer in time') };
    expect(await failureOf(api.url, { requestMs: 50 })).toMatchObject(words);
    expect(await failureOf('http://127.0.0.1:1')).toMatchObject({ retryable: true });
  });

  test.each<[string, (archive: Buffer) => RequestListener]>([
    [
      'breaks off',
      (archive) => (_, response) => {
        response.writeHead(200, { 'content-length': String(archive.length) });
        response.write(archive.subarray(0, archive.length / 2), () => response.destroy());
      },
    ],
    [
      'ends too early',
      (archive) => (_, response) => {
        response.end(archive.subarray(0, archive.length - 20));
      },
    ],
    [
      'stalls',
      (archive) => (_, response) => {
        response.write(archive.subarray(0, archive.length / 2));
      },
    ],
    [
      'is garbled',
      (archive) => (_, response) => {
        response.end(Buffer.from(archive).fill(7, Math.floor(archive.length / 2)));
      },
    ],
    [
      'is no archive',
      () => (_, response) => {
        response.end('<html>');
      },
    ],
    ['is gone', () => refuse(503, 'Unavailable')],
  ])('an archive that %s is a failure that may pass, not a smaller source', async (_, answer) => {
    const noise = Array.from({ length: 20_000 }, (__, index) => `x${index} = ${index ** 3}`);
    const archive = await tarballOf({ 'a.py': noise.join('\n'), 'b.py': noise.join(';') });
    const api = await startShop(answer(archive));
    const failure = await failureOf(api.url, { download: { stallMs: 200 }, token });
    expect(failure).toMatchObject({ name: 'UpstreamError', retryable: true });
    expect(String(failure)).not.toContain('OWN-RIGHT');
  });

  test('a tarball that ends inside a file is a failure, whole as its compression may be', async () => {
    const tar = await tarOf([{ name: `${archiveRoot}/a.py`, content: 'x = 1\n'.repeat(1_000) }]);
    const api = await startShop(gzipSync(tar.subarray(0, 2_000)));
    expect(await failureOf(api.url)).toMatchObject({ name: 'UpstreamError', retryable: true });
  });
});

describe('a malicious archive', () => {
  test.each([
    ['above its root', `${archiveRoot}/../../etc/passwd`],
    ['with an absolute path', '/etc/passwd'],
    ['beside its root', 'passwd'],
  ])('with a file %s is refused', async (_, name) => {
    const api = await startShop(gzipSync(await tarOf([{ name, content: 'x' }])));
    expect(await failureOf(api.url)).toMatchObject({ name: 'FinalUpstreamError' });
  });

  test('with one path twice gives it once', async () => {
    const name = `${archiveRoot}/a.py`;
    const archive = gzipSync(
      await tarOf([
        { name, content: '1' },
        { name, content: '2' },
      ]),
    );
    const api = await startShop(archive);
    const { entries } = await sourceHost(api.url).open(shop());
    const paths: string[] = [];
    for await (const { path } of entries) paths.push(path);
    expect(paths).toEqual(['a.py']);
  });

  test('links and devices are named, and lead nowhere', async () => {
    const archive = await tarOf([
      { name: `${archiveRoot}/link`, type: 'symlink', linkname: '/etc/passwd' },
      { name: `${archiveRoot}/hard`, type: 'link', linkname: '/etc/passwd' },
      { name: `${archiveRoot}/pipe`, type: 'fifo' },
      { name: `${archiveRoot}/disk`, type: 'block-device' },
    ]);
    const api = await startShop(gzipSync(archive));
    const listing = await sourceHost(api.url).open(shop());
    expect(await contentsOf(listing)).toEqual({
      link: 'symlink',
      hard: 'special',
      pipe: 'special',
      disk: 'special',
    });
  });

  test.each<[string, GithubSourceOptions, string]>([
    ['bytes', { download: { maxBytes: 5_000 } }, 'larger than'],
    ['unpacked bytes', { archive: { maxBytes: 1e6 } }, 'more than 1 MB'],
    ['files', { archive: { maxEntries: 2 } }, 'more than 2 files'],
  ])('with too many %s is refused, and nobody tries again', async (_, options, words) => {
    const zeros = new Uint8Array(10e6);
    const api = await startShop(await tarballOf({ 'a.py': zeros, 'b.py': '', 'c.py': '' }));
    expect(await failureOf(api.url, options)).toMatchObject({
      name: 'RequestRejectedError',
      message: expect.stringContaining(words),
    });
  });
});
