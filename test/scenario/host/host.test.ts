import { existsSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { reportSchema } from '../../../lib/domain/report.ts';
import { runCicd } from '../../support/run-cicd.ts';
import { listRuns, startAnalysis, untilAllEnded, untilEnded } from '../../support/host-client.ts';
import { smallProject, startTestHost } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

/** fetch does not let a Host header be set. */
function statusWith(
  url: string,
  options: { method?: string; headers?: Record<string, string> },
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end();
  });
}

test('analyses every configured component at its first start, and not again at the second', async () => {
  const first = await startTestHost();
  const [run] = await untilAllEnded(first.url);
  expect(run).toMatchObject({
    flow: 'component-analysis',
    state: 'succeeded',
    cause: { kind: 'setup' },
  });
  expect(run?.tasks.map(({ name, state }) => [name, state])).toEqual([
    ['get component files', 'succeeded'],
    ['analyse code quality', 'succeeded'],
    ['analyse architecture', 'succeeded'],
    ['analyse integration points', 'succeeded'],
    ['report', 'succeeded'],
  ]);
  expect(await first.end('SIGTERM')).toBe(0);

  const second = await startTestHost({ folder: first.folder });
  const { runs } = await listRuns(second.url);
  expect(runs.map(({ id }) => id)).toEqual([run?.id]);
});

test('gives the report as JSON, as Markdown and as a page', async () => {
  const { url } = await startTestHost();
  const [run] = await untilAllEnded(url);
  const address = `${url}/api/runs/${run?.id}/report`;

  const report = reportSchema.parse(await (await fetch(address)).json());
  expect(report.component.name).toBe('orders');
  expect(report.findings).toContainEqual(
    expect.objectContaining({ path: 'orders/total.py', line: 1, topic: 'unused-code' }),
  );

  const markdown = await fetch(address, { headers: { Accept: 'text/markdown' } });
  expect(markdown.headers.get('content-type')).toContain('text/markdown');
  expect(await markdown.text()).toMatch(/^# Component orders/);

  const page = await fetch(`${url}/runs/${run?.id}/report`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<h1>Component orders</h1>');
});

test('says what has changed since the last report', async () => {
  const { folder, url } = await startTestHost();
  await untilAllEnded(url);
  const moved = `"""Sums."""\n\n${smallProject['orders/total.py']}`;
  writeFileSync(join(folder, 'orders/total.py'), `${moved}\n\nimport re\n`);

  const second = await untilEnded(url, await startAnalysis(url, { component: 'orders' }));
  expect(second.result).toMatchObject({ comparison: { new: 1, fixed: 0 } });
  writeFileSync(join(folder, 'orders/total.py'), 'def total(prices):\n    return sum(prices)\n');
  const third = await untilEnded(url, await startAnalysis(url, { component: 'orders' }));
  expect(third.result).toMatchObject({ comparison: { new: 0, fixed: 2 } });
});

const runIdOf = (started: unknown) => z.object({ runId: z.string() }).parse(started).runId;

test('starting the same name twice gives the same run', async () => {
  const { url } = await startTestHost();
  const body = JSON.stringify({
    flow: 'component-analysis',
    name: 'twice',
    input: { component: 'orders' },
  });
  const answers = await Promise.all(
    [1, 2].map(async () => fetch(`${url}/api/runs`, { method: 'POST', body })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]));
  const ids = await Promise.all(answers.map(async (answer) => runIdOf(await answer.json())));
  expect(ids[0]).toBe(ids[1]);
});

test('refuses to start a run from a bad request, and says why', async () => {
  const { url } = await startTestHost();
  const requests: [body: string, status: number, message: string][] = [
    ['{', 400, 'The body is not JSON'],
    ['', 400, 'flow: Invalid input: expected string'],
    [JSON.stringify({ flow: 'nope' }), 404, 'nope'],
    [
      JSON.stringify({ flow: 'component-analysis', input: { component: 'x' } }),
      404,
      'There is no component "x". Configured: orders.',
    ],
    [JSON.stringify({ flow: 'component-analysis', colour: 'red' }), 400, 'colour'],
    ['x'.repeat(1_100_000), 413, 'larger than 1 MB'],
  ];
  for (const [body, status, message] of requests) {
    const answer = await fetch(`${url}/api/runs`, { method: 'POST', body });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error: { message: expect.stringContaining(message) } });
  }
});

test('answers 400 and 404 to what it cannot list or find', async () => {
  const { url } = await startTestHost();
  const statuses = ['?limit=0', '?limit=x', '?state=odd', '/none-such', '/none-such/report'].map(
    async (rest) => (await fetch(`${url}/api/runs${rest}`)).status,
  );
  expect(await Promise.all(statuses)).toEqual([400, 400, 400, 404, 404]);
});

test('tells of agents, and where there are none what to set', async () => {
  const { url } = await startTestHost();
  const [page, usage, none] = await Promise.all([
    fetch(`${url}/agents`),
    fetch(`${url}/api/usage?days=1`),
    fetch(`${url}/api/agent-runs/none-such`),
  ]);
  expect(await page.text()).toContain('Set CODEGEN_API_TOKEN and CODEGEN_ORG_ID in .env.');
  expect(await usage.json()).toMatchObject({ days: [{ agentRuns: [] }] });
  expect(none.status).toBe(404);
});

test('answers a person who follows a dead link with a page, a program with JSON', async () => {
  const { url } = await startTestHost();
  const page = await fetch(`${url}/runs/none-such`, { headers: { Accept: 'text/html' } });
  expect(page.status).toBe(404);
  expect(await page.text()).toContain('<a href="/">All runs</a>');
  const answer = await fetch(`${url}/api/runs/none-such`, { headers: { Accept: 'text/html' } });
  expect(await answer.json()).toEqual({ error: { message: 'There is no run none-such.' } });
});

test('answers a foreign Host header nothing but /healthz and /webhooks', async () => {
  const { url } = await startTestHost();
  const headers = { Host: 'shop.example.com' };
  expect(await statusWith(`${url}/healthz`, { headers })).toBe(200);
  expect(await statusWith(`${url}/webhooks/none`, { headers })).toBe(404);
  for (const path of ['/', '/api/runs', '/style.css', '/api/runs/x/report']) {
    expect(await statusWith(url + path, { headers })).toBe(403);
    for (const name of ['X-Forwarded-Host', 'X-Real-Ip', 'Cf-Connecting-Ip', 'Via']) {
      expect(await statusWith(url + path, { headers: { [name]: '203.0.113.7' } })).toBe(403);
    }
  }
});

test('changes nothing for a page from elsewhere', async () => {
  const { url } = await startTestHost();
  const [run] = await untilAllEnded(url);
  const post = (origin: string, path: string) =>
    statusWith(url + path, { method: 'POST', headers: { Origin: origin } });
  expect(await post('https://evil.example', '/api/runs')).toBe(403);
  expect(await post('null', `/api/runs/${run?.id}/retry`)).toBe(403);
  expect(await post('null', '/api/agent-runs/none-such/stop')).toBe(403);
  expect(await post(url, `/api/runs/${run?.id}/retry`)).toBe(201);
});

test.each(['SIGINT', 'SIGTERM'] as const)('drains and exits within 5 s of %s', async (signal) => {
  const host = await startTestHost();
  const begun = performance.now();
  expect(await host.end(signal)).toBe(0);
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(existsSync(join(host.folder, '.cicd/host.json'))).toBe(false);
});

test('a run cut off by SIGKILL is finished by the next start', async () => {
  const first = await startTestHost();
  const id = await startAnalysis(first.url, { component: 'orders' });
  await first.end('SIGKILL');
  const second = await startTestHost({ folder: first.folder });
  expect(await untilEnded(second.url, id)).toMatchObject({ state: 'succeeded' });
});

test('a second host on the same data folder says who holds it', async () => {
  const host = await startTestHost();
  const second = await runCicd([
    'start',
    '--port',
    '0',
    '--config',
    join(host.folder, 'cicd.config.ts'),
  ]);
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain(`is in use by process ${host.pid}`);
});

test('an analysis of everything leaves the data folder locked', async () => {
  const host = await startTestHost({
    ...smallProject,
    'cicd.config.ts': smallProject['cicd.config.ts'].replace('orders/**', '**'),
  });
  await untilAllEnded(host.url);
  const config = join(host.folder, 'cicd.config.ts');
  const second = await runCicd(['start', '--port', '0', '--config', config]);
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain('is in use by process');
});

test('a port in use ends the start with a way out', async () => {
  const host = await startTestHost();
  const port = new URL(host.url).port;
  const other = folderWith(smallProject);
  const second = await runCicd([
    'start',
    '--port',
    port,
    '--config',
    join(other, 'cicd.config.ts'),
  ]);
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain(`Port ${port} is in use. Choose another (npm start -- --port`);
});
