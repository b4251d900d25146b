import { describe, expect, test } from 'vitest';
import {
  claimAnalysis,
  startAnalysis,
} from '../../../../lib/flows/agent-session/start-analysis.ts';
import { stopAnalyses } from '../../../../lib/flows/agent-session/stop-analyses.ts';
import { takeTurn } from '../../../../lib/flows/agent-session/take-turn.ts';
import { answerKey } from '../../../../lib/flows/answers/answer-key.ts';
import { createLogger } from '../../../../lib/runtime/logging.ts';
import { buildAgentRun } from '../../../builders/agent-runs.ts';
import { buildAsking } from '../../../builders/asking.ts';
import {
  buildPrompt,
  buildSession,
  buildSessionServices,
  sessionId,
  sessionPlace,
} from '../../../builders/session-services.ts';

/** A session that has claimed an analysis of `orders`, and an agent that can be ended. */
async function claimOrders() {
  const world = buildSessionServices(buildSession({ prompts: [buildPrompt('orders')] }));
  const { services, setRun, stopped } = world;
  const cancelled: string[] = [];
  const released: string[] = [];
  const { providers } = buildAsking({
    provider: { cancel: async (providerId) => void cancelled.push(providerId) },
  }).services;
  services.agents.providers = providers;
  services.agents.budget.release = async (id) => void released.push(id);
  const input = { session: sessionId, activity: 'activity-1' };
  const turn = await takeTurn(input, services);
  if (turn.kind === 'none' || turn.decision.kind !== 'start') throw new Error('It was to start');
  const claimed = await claimAnalysis({ input, turn, wanted: turn.decision }, services);
  if (claimed.kind !== 'mine') throw new Error(claimed.kind);
  const { run } = claimed;
  services.runs.stop = async (runId) => {
    setRun(run.name, 'stopped');
    stopped.push(runId);
  };
  const start = { run, ownRunId: 'own', place: sessionPlace, saidAt: turn.saidAt };
  const runId = `run of ${run.name}`;
  return {
    ...world,
    agentRun: buildAgentRun({ runId, provider: 'codegen', providerId: 'their-1' }),
    cancelled,
    isOwed: async () =>
      (await services.answers.get(answerKey(sessionPlace, runId)))?.closed === null,
    released,
    runId,
    start: () => startAnalysis(start, services, createLogger()),
    stop: (turnId = 'activity-2', saidAt = '2026-11-22T10:05:30.000Z') =>
      stopAnalyses({ session: sessionId, turn: turnId, saidAt }, services, createLogger()),
  };
}

/** The same, once it goes on. */
async function startOrders() {
  const world = await claimOrders();
  await world.start();
  await world.services.agents.agentRuns.add(world.agentRun);
  return world;
}

type Started = Awaited<ReturnType<typeof startOrders>>;

async function expectStopped(world: Started): Promise<void> {
  const { agentRun, cancelled, isOwed, released, services } = world;
  expect(cancelled).toContain('their-1');
  expect(released).toContain(agentRun.id);
  expect(await services.agents.agentRuns.get(agentRun.id)).toMatchObject({ state: 'cancelled' });
  expect(await isOwed()).toBe(false);
}

test('a stop ends what goes on, with its agents, and nothing is owed any more', async () => {
  const world = await startOrders();
  expect(await world.isOwed()).toBe(true);
  expect(await world.stop()).toEqual(['orders']);
  expect(world.stopped).toEqual([world.runId]);
  await expectStopped(world);
  expect(await world.stop('activity-3')).toEqual([]);
});

/** Where the process may be gone in the middle: what it was about to do is done, and nothing after it. */
const cuts: Record<string, (services: Started['services']) => () => void> = {
  'the run was stopped': ({ runs }) => {
    const before = { ...runs };
    runs.stop = async (...asked) => {
      await before.stop(...asked);
      throw new Error('The process is gone');
    };
    return () => Object.assign(runs, before);
  },
  'the answer was waived': ({ answers }) => {
    const before = { ...answers };
    answers.change = async (...asked) => {
      await before.change(...asked);
      throw new Error('The process is gone');
    };
    return () => Object.assign(answers, before);
  },
  'the agent was ended': ({ agents: { budget } }) => {
    const before = { ...budget };
    budget.release = async () => Promise.reject(new Error('The process is gone'));
    return () => Object.assign(budget, before);
  },
};

test.each(Object.keys(cuts))('cut off after %s, a stop is carried through', async (moment) => {
  const world = await startOrders();
  const mend = cuts[moment]?.(world.services);
  await expect(world.stop()).rejects.toThrow('The process is gone');
  mend?.();

  expect(await world.stop()).toEqual(['orders']);

  await expectStopped(world);
  const { stops } = await world.services.memories.get(sessionId);
  expect(stops.map(({ turn }) => turn)).toEqual(['activity-2']);
});

test('what starts after a stop, which could not find it, is stopped, and nothing is owed', async () => {
  const world = await claimOrders();
  expect(await world.stop()).toEqual([]);
  expect(await world.start()).toEqual({ runId: world.runId, isStopped: true });
  expect(world.stopped).toEqual([world.runId]);
  expect(await world.isOwed()).toBe(false);
});

describe('a stop that is told of late', () => {
  const before = '2026-11-22T10:04:00.000Z';

  test('ends nothing that was asked for after it', async () => {
    const world = await startOrders();
    expect(await world.stop('activity-0', before)).toEqual([]);
    expect(world.stopped).toEqual([]);
    expect(world.cancelled).toEqual([]);
    expect(await world.isOwed()).toBe(true);
  });

  test('keeps nothing from starting that was asked for after it', async () => {
    const world = await claimOrders();
    await world.stop('activity-0', before);
    expect(await world.start()).toEqual({ runId: world.runId, isStopped: false });
    expect(world.stopped).toEqual([]);
  });

  test('does not hide one that was asked for later and told of before it', async () => {
    const world = await claimOrders();
    await world.stop();
    await world.stop('activity-0', before);
    expect(await world.start()).toMatchObject({ isStopped: true });
  });
});

test('a run that says only now that it is to answer owes nothing after the stop', async () => {
  const world = await claimOrders();
  const { open } = world.services.answers;
  // It is started, and the stop comes before anybody has written down what is owed.
  world.services.answers.open = async (...asked) => {
    world.services.answers.open = open;
    expect(await world.stop()).toEqual(['orders']);
    return open(...asked);
  };
  expect(await world.start()).toMatchObject({ isStopped: true });
  expect(await world.isOwed()).toBe(false);
});
