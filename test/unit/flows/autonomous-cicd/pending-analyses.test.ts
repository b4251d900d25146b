import { expect, test } from 'vitest';
import type { AgentReadiness } from '../../../../lib/flows/autonomous-cicd/agent-readiness.ts';
import { pendingAnalyses } from '../../../../lib/flows/autonomous-cicd/pending-analyses.ts';
import { buildCicd } from '../../../builders/cicd-services.ts';

const ready: AgentReadiness = { kind: 'ready', provider: 'codegen' };

/** An analysis of a component whose agents were refused, to be tried in so many minutes. */
function deferral(cicd: ReturnType<typeof buildCicd>, component: string, minutes: number) {
  return {
    input: {
      repository: 'acme/shop',
      component,
      paths: [component],
      source: { kind: 'folder' as const, path: '/src/shop' },
      origin: { kind: 'linear-issue' as const, id: 'i-1', identifier: 'ZAM-1' },
      agents: true,
    },
    runId: `run-of-${component}`,
    reason: 'The agent runs of the day are used.',
    notBefore: cicd.ago(-minutes).toISOString(),
  };
}

test('an analysis whose time has come starts once, as it was asked for', async () => {
  const cicd = buildCicd();
  const { deferred } = cicd.services.agents;
  const orders = deferral(cicd, 'orders', 10);
  await deferred.defer(orders);
  await deferred.defer(deferral(cicd, 'web', 20));
  expect(await cicd.work(pendingAnalyses(ready))).toEqual({ found: [], problems: [] });
  cicd.putForward(10);
  await cicd.work(pendingAnalyses(ready));
  await cicd.work(pendingAnalyses(ready));
  expect(cicd.runs.requests).toEqual([
    {
      flow: 'component-analysis',
      name: expect.stringMatching(/^deferred-[0-9a-f-]{36}$/),
      input: orders.input,
      cause: { kind: 'run', runId: orders.runId },
    },
  ]);
  expect(await deferred.list(10)).toMatchObject([{ runId: 'run-of-web' }]);
});

test('cut off before it is forgotten, the same run is found again', async () => {
  const cicd = buildCicd();
  const { agents } = cicd.services;
  const { deferred } = agents;
  await deferred.defer(deferral(cicd, 'orders', 0));
  const dying = { ...deferred, remove: () => Promise.reject(new Error('killed')) };
  cicd.services.agents = { ...agents, deferred: dying };
  expect((await cicd.work(pendingAnalyses(ready))).problems).toEqual(['killed']);
  cicd.services.agents = agents;
  expect((await cicd.work(pendingAnalyses(ready))).problems).toEqual([]);
  expect(cicd.runs.requests).toHaveLength(1);
  expect(await deferred.list(10)).toEqual([]);
});

test.each<AgentReadiness>([
  { kind: 'off' },
  { kind: 'not-ready', provider: 'codegen', reason: 'The token is wrong.' },
])('none starts while agents are not ready: $kind', async (readiness) => {
  const cicd = buildCicd();
  await cicd.services.agents.deferred.defer(deferral(cicd, 'orders', 0));
  const { found } = await cicd.work(pendingAnalyses(readiness));
  expect(found).toHaveLength(1);
  expect(cicd.runs.requests).toEqual([]);
});

test('no more start than the budgets of the day have room for', async () => {
  const cicd = buildCicd({ config: { agents: { budget: { startsPerDay: 7 } } } });
  const { budget, deferred } = cicd.services.agents;
  await budget.take({ id: 'earlier', repository: 'acme/shop', cause: 'another' });
  for (const component of ['a', 'b', 'c']) await deferred.defer(deferral(cicd, component, 0));
  const { found } = await cicd.work(pendingAnalyses(ready));
  expect(found).toHaveLength(3);
  expect(cicd.runs.requests).toHaveLength(2);
});
