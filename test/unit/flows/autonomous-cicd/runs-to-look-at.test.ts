import { expect, test } from 'vitest';
import type { RunDetail } from '../../../../lib/domain/run.ts';
import { failedRuns } from '../../../../lib/flows/autonomous-cicd/failed-runs.ts';
import type { RunRef } from '../../../../lib/flows/autonomous-cicd/run-details.ts';
import { hangingRuns } from '../../../../lib/flows/autonomous-cicd/hanging-runs.ts';
import type { Chore } from '../../../../lib/flows/autonomous-cicd/chore.ts';
import { buildCicd } from '../../../builders/cicd-services.ts';
import { runDetail } from '../../../builders/run-details.ts';

/** ISO 8601 UTC. */
type Ago = (minutes: number) => string;

/** @returns runs of which all was asked, which costs two requests each on AWS */
async function listLookedAt(chore: Chore<RunRef>, describeRuns: (ago: Ago) => RunDetail[]) {
  const { ago, services, work } = buildCicd();
  const details = describeRuns((minutes) => ago(minutes).toISOString());
  const asked: string[] = [];
  services.runs = {
    ...services.runs,
    list: async () => ({ runs: details, next: null }),
    get: async (id) => {
      asked.push(id);
      return undefined;
    },
  };
  await work(chore);
  return asked;
}

test('of failed runs just those are looked at whose error may pass', async () => {
  const lookedAt = await listLookedAt(failedRuns, (ago) =>
    ['ConfigError', 'UpstreamError', 'StepError', 'TypeError'].map((type) => {
      const times = { startedAt: ago(20), endedAt: ago(10) };
      return runDetail({ id: type, state: 'failed', error: { type, message: 'no' }, ...times });
    }),
  );
  expect(lookedAt).toEqual(['StepError', 'UpstreamError']);
});

test('a person at a terminal asks agents again, or does not: no tick does', async () => {
  const { ago, services, work } = buildCicd();
  const input = {
    repository: 'acme/shop',
    component: 'orders',
    paths: ['orders'],
    source: { kind: 'folder', path: '/src/shop' },
  };
  const origin = { kind: 'linear-issue', id: 'i-1', identifier: 'ZAM-1' };
  const times = { startedAt: ago(20).toISOString(), endedAt: ago(10).toISOString() };
  const details = [
    { id: 'without-agents', input },
    { id: 'of-a-person', input: { ...input, agents: true } },
    { id: 'of-an-issue', input: { ...input, agents: true, origin } },
  ].map((run) => runDetail({ ...run, ...times, state: 'timed_out' }));
  services.runs = {
    ...services.runs,
    list: async () => ({ runs: details, next: null }),
    get: async (id) => details.find((run) => run.id === id),
  };
  expect((await work(failedRuns)).found).toEqual(['of-an-issue', 'without-agents']);
});

test('a run is looked at whose start may have been dropped, however busy its flow is', async () => {
  const open = { endedAt: null } as const;
  const lookedAt = await listLookedAt(hangingRuns, (ago) => [
    runDetail({ ...open, id: 'busy', state: 'running', startedAt: ago(5) }),
    runDetail({ ...open, id: 'queued', state: 'pending', startedAt: ago(6 * 60) }),
    runDetail({ ...open, id: 'dropped', state: 'pending', startedAt: ago(8 * 60) }),
  ]);
  expect(lookedAt).toEqual(['dropped']);
});
