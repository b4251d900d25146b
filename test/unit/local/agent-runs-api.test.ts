import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createHttpAgents } from '../../../infra/cli/desks/http-agents.ts';
import { agentRunsApi } from '../../../infra/local/http/agent-runs-api.ts';
import { agentsApi } from '../../../infra/local/http/agents-api.ts';
import { answerErrors } from '../../../infra/local/http/errors.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import { usageApi } from '../../../infra/local/http/usage-api.ts';
import { buildAgentDesk } from '../../builders/agent-desk.ts';
import { buildAgentRun } from '../../builders/agent-runs.ts';

const ended = buildAgentRun({
  id: '11111111-0000-4000-8000-000000000000',
  state: 'succeeded',
  startedAt: '2026-11-23T11:00:00.000Z',
  endedAt: '2026-11-23T11:20:00.000Z',
});
const open = buildAgentRun({ id: '22222222-0000-4000-8000-000000000000' });
const entries = [
  { at: '2026-11-23T12:00:01.000Z', kind: 'ACTION', text: 'Reads' },
  { at: null, kind: 'FINAL_ANSWER', text: 'Done' },
];

/** The API over an agent run that has ended and one that has not. */
async function createFixture() {
  const { desk } = await buildAgentDesk({
    agentRuns: [ended, open],
    provider: {
      cancel: async () => {},
      logs: async (_, { limit, skip }) => ({
        entries: entries.slice(skip, skip + limit),
        total: entries.length,
      }),
    },
  });
  const pause = { get: async () => null, pause: refuse, resume: refuse };
  const app = new Hono()
    .onError(answerErrors({}))
    .route('/api/agents', agentsApi({ agents: desk, pause, onResume: refuse }))
    .route('/api/agent-runs', agentRunsApi(desk))
    .route('/api/usage', usageApi(desk));
  return { app, desk };
}

const refuse = () => Promise.reject(new Error('Nobody has asked for this.'));

test('lists agent runs newest first, in pages, or only those under way', async () => {
  const { app } = await createFixture();
  const first = await (await app.request('/api/agent-runs?limit=1&cursor=&open=')).json();
  expect(first).toEqual({ agentRuns: [open], next: expect.any(String) });
  const { next } = z.object({ next: z.string() }).parse(first);
  const second = await (await app.request(`/api/agent-runs?cursor=${next}`)).json();
  expect(second).toEqual({ agentRuns: [ended], next: null });
  const underWay = await (await app.request('/api/agent-runs?open=true')).json();
  expect(underWay).toEqual({ agentRuns: [open], next: null });
});

test.each([
  ['/api/agent-runs?limit=0', 400, 'limit'],
  ['/api/agent-runs?open=perhaps', 400, 'open'],
  ['/api/agent-runs/3333', 404, 'There is no agent run 3333.'],
  ['/api/agent-runs/2222/logs?limit=101', 400, 'limit'],
  ['/api/usage?days=36', 400, 'days'],
])('answers %s with %i', async (path, status, message) => {
  const { app } = await createFixture();
  const response = await app.request(path);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(message);
});

test('a provider that refuses to tell is quoted, and a defect is not', async () => {
  const message = 'Codegen does not accept CODEGEN_API_TOKEN. Set another one.';
  const failures = [
    new UpstreamError(message, { service: 'codegen', status: 401, retryable: false }),
    new Error('Cannot read properties of undefined'),
  ];
  const answers = failures.map(async (failure) => {
    const logs = () => Promise.reject(failure);
    const { desk } = await buildAgentDesk({ agentRuns: [open], provider: { logs } });
    const app = new Hono().onError(answerErrors({})).route('/', agentRunsApi(desk));
    const response = await app.request('/2222/logs');
    return { status: response.status, text: await response.text() };
  });
  expect(await Promise.all(answers)).toEqual([
    { status: 502, text: expect.stringContaining(message) },
    { status: 500, text: expect.not.stringContaining('undefined') },
  ]);
});

test('tells the usage of a day with what is left of the budgets', async () => {
  const { app } = await createFixture();
  expect(await (await app.request('/api/usage?days=1')).json()).toMatchObject({
    days: [
      {
        day: '2026-11-23',
        agentRuns: [{ provider: 'codegen', started: 2, succeeded: 1, failed: 0, minutes: 80 }],
      },
    ],
    budgets: expect.arrayContaining([{ limit: 'day', repository: null, used: 0, allowed: 20 }]),
  });
});

test('a client over HTTP gets what the desk itself gives', async () => {
  const { app, desk } = await createFixture();
  const client = createHttpAgents(async ({ answer, method = 'GET', path }) =>
    answer.parse(await (await app.request(path, { method })).json()),
  );
  const page = { skip: 1, limit: 5 };
  expect(await client.status()).toEqual(await desk.status());
  expect(await client.list({ limit: 5 })).toEqual(await desk.list({ limit: 5 }));
  expect(await client.list({ limit: 5, open: true })).toMatchObject({ agentRuns: [open] });
  expect(await client.listOf({ id: 'run-1', startedAt: open.startedAt })).toEqual([open]);
  expect(await client.get('1111')).toEqual(ended);
  expect(await client.logs('2222', page)).toEqual(await desk.logs('2222', page));
  expect(await client.budgets()).toEqual(await desk.budgets());
  expect(await client.usage(3)).toEqual(await desk.usage(3));
  expect(await client.stop('2222')).toMatchObject({ outcome: 'ended' });
  expect(await desk.get('2222')).toMatchObject({ state: 'cancelled' });
  expect(await client.stop('2222')).toMatchObject({ outcome: 'over' });
});
