import { expect, test } from 'vitest';
import { createAgentRuns } from '../../../../lib/flows/agents/agent-runs.ts';
import { buildAgentRun } from '../../../builders/agent-runs.ts';
import { buildStore } from '../../../builders/dispatch-services.ts';

const dayMs = 86_400_000;

function open() {
  let time = Date.parse('2026-11-23T12:00:00.000Z');
  const now = () => time;
  const store = buildStore(now);
  const agentRuns = createAgentRuns(store, { now, retentionDays: 2 });
  return { agentRuns, store, pass: (ms: number) => void (time += ms) };
}

const first = buildAgentRun({ id: 'one', startedAt: '2026-11-23T11:00:00.000Z' });
const second = buildAgentRun({ id: 'two', startedAt: '2026-11-23T12:00:00.000Z' });

test('what is remembered first stays: a start that is tried again finds it', async () => {
  const { agentRuns } = open();
  expect(await agentRuns.add(first)).toEqual(first);
  await agentRuns.change('one', (run) => ({ ...run, state: 'queued', providerId: '9' }));
  const known = { ...first, state: 'queued', providerId: '9' };
  expect(await agentRuns.add(first)).toEqual(known);
  expect(await agentRuns.get('one')).toEqual(known);
});

test('changes at the same time are all made', async () => {
  const { agentRuns } = open();
  await agentRuns.add(buildAgentRun({ id: 'one', status: '' }));
  const letters = ['a', 'b', 'c', 'd'];
  await Promise.all(
    letters.map((letter) =>
      agentRuns.change('one', (run) => ({ ...run, status: `${run.status} ${letter}` })),
    ),
  );
  const { status } = (await agentRuns.get('one')) ?? {};
  expect(status?.trim().split(' ').toSorted()).toEqual(letters);
});

test('lists are newest first, all of them or those that are open', async () => {
  const { agentRuns } = open();
  await agentRuns.add(first);
  await agentRuns.add(second);
  const page = await agentRuns.list({ limit: 1 });
  expect(page.agentRuns).toEqual([second]);
  const next = await agentRuns.list({ limit: 1, cursor: page.next ?? '' });
  expect(next.agentRuns).toEqual([first]);

  await agentRuns.change('two', (run) => ({ ...run, state: 'succeeded' }));
  const stillOpen = await agentRuns.list({ limit: 10, open: true });
  expect(stillOpen).toEqual({ agentRuns: [first], next: null });
});

test('is forgotten days after its last change', async () => {
  const { agentRuns, pass } = open();
  await agentRuns.add(first);
  pass(1.5 * dayMs);
  const ended = await agentRuns.change('one', (run) => ({ ...run, state: 'failed' }));
  expect(ended).toMatchObject({ state: 'failed' });
  pass(1.5 * dayMs);
  expect(await agentRuns.get('one')).toEqual(ended);
  pass(dayMs);
  expect(await agentRuns.get('one')).toBeUndefined();
  expect(await agentRuns.change('one', (run) => run)).toBeUndefined();
});

test('what another version has written in another shape is left out', async () => {
  const { agentRuns, store } = open();
  await agentRuns.add(first);
  const sort = { byTime: '2026-11-23T13:00:00.000Z' };
  await store.put({ partition: 'agent-runs', key: 'new', value: { state: 'dreaming' }, sort });
  expect(await agentRuns.get('new')).toBeUndefined();
  expect(await agentRuns.list({ limit: 10 })).toEqual({ agentRuns: [first], next: null });
});
