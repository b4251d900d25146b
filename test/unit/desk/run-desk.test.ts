import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createHttpDesk } from '../../../infra/cli/desks/http-desk.ts';
import { createRunDesk } from '../../../infra/desk/run-desk.ts';
import { answerErrors } from '../../../infra/local/http/errors.ts';
import { runsApi } from '../../../infra/local/http/runs-api.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import type { Runs } from '../../../lib/ports/runs.ts';
import { buildAgentDesk } from '../../builders/agent-desk.ts';
import { buildAgentRun } from '../../builders/agent-runs.ts';
import { runSummary } from '../../builders/runs.ts';

const config = { folder: '/src', config: parseConfig({}) };
const nobody = () => Promise.reject(new Error('Nobody has asked for this.'));

/** A desk over one run, and a client of it over HTTP. */
async function createFixture() {
  const run = runSummary({
    id: 'run-1',
    flow: 'component-analysis',
    startedAt: '2026-11-23T11:59:00.000Z',
  });
  const details = { input: {}, result: null, error: null, tasks: [] };
  const stopped: string[] = [];
  const runs: Runs = {
    start: nobody,
    list: nobody,
    get: nobody,
    getSummary: nobody,
    findByName: nobody,
    logs: nobody,
    retry: nobody,
    stop: async (runId) => void stopped.push(runId),
  };
  const reader = {
    list: nobody,
    logs: nobody,
    getReport: nobody,
    getRun: async () => ({
      ...run,
      ...details,
      state: stopped.length > 0 ? ('stopped' as const) : ('running' as const),
    }),
  };
  const { agentRuns, desk: agents } = await buildAgentDesk({
    agentRuns: [buildAgentRun({ id: 'aaaa1111' }), buildAgentRun({ id: 'bbbb2222', runId: 'x' })],
    provider: { cancel: async () => {} },
  });
  const desk = createRunDesk(runs, { agents, config, reader });
  const app = new Hono().onError(answerErrors({})).route('/api/runs', runsApi(desk));
  const client = createHttpDesk(async ({ answer, method = 'GET', path }) =>
    answer.parse(await (await app.request(path, { method })).json()),
  );
  return { agentRuns, app, client };
}

test('who stops a run stops its agents as well, and is told', async () => {
  const { agentRuns, client } = await createFixture();
  expect(await client.stop('run-1', 'Stopped by a person')).toMatchObject({
    id: 'run-1',
    state: 'stopped',
    agentRuns: [{ outcome: 'ended', agentRun: { id: 'aaaa1111', state: 'cancelled' } }],
  });
  expect(await agentRuns.get('aaaa1111')).toMatchObject({ state: 'cancelled' });
  expect(await agentRuns.get('bbbb2222')).toMatchObject({ state: 'running' });
});

test.each([
  [{ flow: 'component-analysis', component: 'lib', agents: true }, 'component, agents'],
  [{ flow: 'component-analysis', input: { component: 'lib' }, agents: true }, 'agents'],
])('what belongs into the input of a run is sent there: %j', async (body, names) => {
  const { app } = await createFixture();
  const response = await app.request('/api/runs', { method: 'POST', body: JSON.stringify(body) });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(
    `These belong into \\"input\\": ${names}. For example { \\"flow\\": \\"component-analysis\\", `,
  );
});
