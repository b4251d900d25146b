import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createGithubAccess } from '../../../lib/adapters/github/access/access.ts';
import { requestIfChanged, requestJson } from '../../../lib/adapters/github/requests/request.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { SeenCalls } from '../../builders/seen-calls.ts';
import { secondaryLimit, type Fault } from '../../support/github/faults.ts';
import { startGithubServer } from '../../support/github/github-server.ts';

const repository = {
  route: 'GET /repos/{owner}/{repo}',
  parameters: { owner: 'acme', repo: 'shop' },
  subject: 'the repository acme/shop',
  right: 'Metadata: read',
  schema: z.object({ full_name: z.string() }),
};
const newIssue = {
  ...repository,
  route: 'POST /repos/{owner}/{repo}/issues',
  parameters: { ...repository.parameters, title: 'Report' },
  right: 'Issues: write',
  schema: z.object({ number: z.number() }),
};

const noon = Date.parse('2026-11-22T12:00:00.000Z');

/** @param time milliseconds since the epoch */
function usedUpUntil(time: number): Fault {
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(time / 1_000) };
  return { kind: 'answer', status: 403, json: { message: 'API rate limit exceeded' }, headers };
}

async function begin({ now = Date.now }: { now?: () => number } = {}) {
  const server = await startGithubServer({
    repositories: [{ name: 'acme/shop' }],
    tokens: [{ token: 'known' }],
  });
  const options = { secrets: buildSecrets({ GITHUB_TOKEN: 'known' }), apiUrl: server.url };
  // The first request takes the server far longer than any other.
  await requestJson(await createGithubAccess(options).clientFor('acme/shop'), repository);
  server.requests.length = 0;
  const meter = new SeenCalls();
  const access = createGithubAccess({ ...options, now, meter, retryMs: 1, requestMs: 1_000 });
  return { server, client: await access.clientFor('acme/shop'), calls: meter.calls };
}

test('what has not changed since the last answer costs nothing', async () => {
  const { client, server } = await begin();
  const first = await requestIfChanged(client, repository, null);
  if (first === 'unchanged') throw new Error('There was nothing before');
  expect(first.data).toEqual({ full_name: 'acme/shop' });
  expect(await requestIfChanged(client, repository, first.etag)).toBe('unchanged');
  expect(await requestIfChanged(client, repository, '"another"')).toEqual(
    expect.objectContaining({ data: first.data, etag: first.etag }),
  );
  expect(server.requests.map(({ status }) => status)).toEqual([200, 304, 200]);
});

test('each attempt is counted as a call, with what is left where an answer tells', async () => {
  const { calls, client, server } = await begin();
  server.script({ fault: { kind: 'reset' } });
  await requestJson(client, repository);
  const told = { limit: 5_000, remaining: expect.any(Number), resetAt: expect.any(String) };
  expect(calls).toEqual([
    ['github', undefined],
    ['github', told],
  ]);
});

test.each<[string, Fault, string]>([
  ['is cut off', { kind: 'cut' }, 'is cut off or unknown'],
  ['has another shape', { kind: 'answer', status: 200, json: {} }, 'is cut off or unknown'],
])('an answer that %s is a failure that may pass', async (_, fault, words) => {
  const { client, server } = await begin();
  server.script({ fault });
  await expect(requestJson(client, repository)).rejects.toMatchObject({
    retryable: true,
    message: expect.stringContaining(words),
  });
});

test.each<[string, Fault]>([
  ['is slow', { kind: 'hang' }],
  ['is broken', { kind: 'reset' }],
  ['fails', { kind: 'answer', status: 502, json: { message: 'Server Error' } }],
  ['is limited', secondaryLimit(1)],
])('a line that %s for a moment is tried again', async (_, fault) => {
  const { client, server } = await begin();
  server.script({ fault });
  expect(await requestJson(client, repository)).toEqual({ full_name: 'acme/shop' });
  expect(server.requests).toHaveLength(2);
});

test.each<[string, Fault]>([
  ['does not come', { kind: 'hang' }],
  ['breaks off', { kind: 'reset' }],
  ['is an error', { kind: 'answer', status: 500, json: { message: 'Server Error' } }],
])('what makes something new is not sent again when its answer %s', async (_, fault) => {
  const { client, server } = await begin();
  server.script({ fault, done: true });
  await expect(requestJson(client, newIssue)).rejects.toMatchObject({ retryable: true });
  expect(server.requests).toHaveLength(1);
  expect(server.repository('acme/shop').issues).toHaveLength(1);
});

describe('a limit that lasts', () => {
  test.each<[string, Fault, number]>([
    ['says how long', secondaryLimit(300), 300],
    ['does not say how long', secondaryLimit(), 60],
    ['says when it ends', usedUpUntil(noon + 1_200_000), 1_200],
    ['would last longer than an hour', secondaryLimit(100_000), 3_600],
  ])('and %s is kept to by all who ask', async (_, fault, seconds) => {
    let now = noon;
    const { client, server } = await begin({ now: () => now });
    server.script({ fault, times: Infinity });
    const ask = () => requestJson(client, repository);
    for (let asked = 0; asked < 50; asked += 1) {
      await expect(ask()).rejects.toMatchObject({ retryable: true, status: 403 });
    }
    expect(server.requests).toHaveLength(1);
    server.unscript();
    now += seconds * 1_000 - 1;
    await expect(ask()).rejects.toThrow('rate limit');
    now += 1;
    expect(await ask()).toEqual({ full_name: 'acme/shop' });
  });

  test('stops what waits for its turn, too', async () => {
    const { client, server } = await begin();
    server.script({ fault: secondaryLimit(300), times: Infinity });
    const all = Array.from({ length: 50 }, () => requestJson(client, repository));
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    // As many are under way at the same time.
    expect(server.requests.length).toBeLessThanOrEqual(10);
  });

  test('is left to whoever tries the task again', async () => {
    const { client, server } = await begin();
    server.script({ fault: secondaryLimit(60), times: 9 });
    await expect(requestJson(client, repository)).rejects.toMatchObject({
      retryable: true,
      message: expect.stringContaining('asks to wait 60 s'),
    });
    expect(server.requests).toHaveLength(1);
  });
});
