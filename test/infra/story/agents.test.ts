import { expect, test } from 'vitest';
import { readReport } from '../../../lib/flows/component-analysis/report-storage.ts';
import type { Report } from '../../../lib/domain/report.ts';
import type { CalledService } from '../../../lib/domain/usage.ts';
import { listCalls } from '../../../lib/flows/usage/call-counts.ts';
import { createAgentBudget } from '../../../lib/flows/agents/agent-budget.ts';
import { agentSettings } from '../../builders/agent-settings.ts';
import { answerTo, writtenFinding } from '../../builders/agent-answers.ts';
import { linearDelivery } from '../../support/signed-delivery.ts';
import { openDesk, type StackDesk } from './stack-desk.ts';
import { expectClean, send, startStoryStack, useStory } from './story-stack.ts';

useStory();

/** Linear's own limit. */
const firstWordMs = 10_000;

async function reportOf(desk: StackDesk, runId: string | undefined): Promise<Report> {
  const report = await readReport(desk.blobs, `reports/${runId}.json`);
  if (report === null || 'kind' in report) throw new Error('There is no report of an analysis');
  return report;
}

/** As `cicd usage` tells them. */
async function callsOf({ store }: StackDesk, service: CalledService): Promise<number> {
  const counts = await listCalls(store, '2000-01-01');
  const ofService = counts.filter((count) => count.service === service);
  return ofService.reduce((sum, { calls }) => sum + calls, 0);
}

test('a label and a call of the app have agents asked, whose answers come with the reports', async () => {
  const stack = await startStoryStack({ agents: true });
  const { codegen, linear } = stack;
  const desk = openDesk(stack);
  const finding = writtenFinding({ path: 'orders/total.py', line: 5, title: 'Tax is left out.' });
  codegen.behave(({ prompt }) => ({
    result: answerTo(prompt, { summary: 'Small and plain.', findings: [finding] }),
  }));

  const label = linear.act.label('ENG-1', 'component-analysis');
  await send(stack, 'linear', linearDelivery(label));
  linear.act.createIssue({ title: 'Look at billing' });
  const session = linear.act.callApp({ issue: 'ENG-2' });
  const calledAt = Date.now();
  await send(stack, 'linear', linearDelivery(session.payload));
  const [answered] = await desk.untilEnded('agent-session');
  const runs = await desk.untilEnded('component-analysis', 2);

  expect(answered).toMatchObject({ state: 'succeeded', error: null });
  expect(runs.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  expect(codegen.agentRuns).toHaveLength(6);
  const ofOrders = runs.find(({ subject }) => subject === 'orders of acme/shop');
  const { agents } = await reportOf(desk, ofOrders?.id);
  expect(agents.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered']);
  expect(agents[0]?.findings).toMatchObject([{ title: 'Tax is left out.' }]);
  expect(linear.issue('ENG-1').comments.map(({ body }) => body)).toEqual([
    expect.stringMatching(/Component analysis of `orders`[^]*Tax is left out/),
  ]);
  const { activities } = linear.session(session.id);
  expect(activities.at(0)).toMatch(/^thought/);
  const [first] = linear.world.activities;
  expect(Date.parse(first?.createdAt ?? '') - calledAt).toBeLessThan(firstWordMs);
  expect(activities.at(-1)).toMatch(/^response[^]*Component analysis of `billing`/);
  const succeeded = { provider: 'codegen', outcome: 'succeeded' };
  expect(stack.metric('AgentRunEnded', succeeded)).toBe(6);
  expect(await stack.alarmState('agent-failures')).toBe('OK');
  expect(await callsOf(desk, 'codegen')).toBe(codegen.requests.length);
  expectClean(stack);
}, 90_000);

/** As if so many agent runs had been started two hours ago, in another repository. */
async function useUp(starts: number, { store }: StackDesk): Promise<void> {
  const plenty = { concurrent: 100, concurrentPerRepository: 100, startsPerMinute: 100 };
  const budget = createAgentBudget({
    store,
    pause: { get: async () => null },
    settings: { ...agentSettings, budget: { ...agentSettings.budget, ...plenty } },
    now: () => Date.now() - 7_200_000,
  });
  for (let number = 1; number <= starts; number += 1) {
    const id = `earlier-${number}`;
    await budget.take({ id, cause: id, repository: 'acme/other' });
  }
}

test('agents that are refused, and a day that has no room, go off and leave static reports', async () => {
  const stack = await startStoryStack({
    agents: true,
    secrets: { 'codegen-api-token': 'another-token' },
  });
  const { codegen, linear } = stack;
  const desk = openDesk(stack);
  const label = (issue: string) =>
    send(stack, 'linear', linearDelivery(linear.act.label(issue, 'component-analysis')));

  linear.act.createIssue({ title: 'Look at billing' });
  await label('ENG-1');
  await desk.untilEnded('component-analysis', 1);
  // Of 20 a day, two are left for an analysis that asks three agents or none.
  await useUp(18, desk);
  await label('ENG-2');
  const runs = await desk.untilEnded('component-analysis', 2);

  expect(runs.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  expect(codegen.agentRuns).toEqual([]);
  const reports = await Promise.all(runs.map(({ id }) => reportOf(desk, id)));
  const ends = reports
    .flatMap(({ agents }) => agents)
    .map((end) => `${end.outcome}: ${end.problem}`);
  expect(ends.toSorted()).toEqual([
    ...Array.from({ length: 3 }, () => expect.stringMatching(/^failed: .*CODEGEN_API_TOKEN/)),
    ...Array.from({ length: 3 }, () => expect.stringMatching(/^not-asked: .*startsPerDay/)),
  ]);
  expect(await stack.alarmState('agent-failures')).toBe('ALARM');
  expect(await stack.alarmState('agent-budget')).toBe('ALARM');
  expectClean(stack);
}, 60_000);
