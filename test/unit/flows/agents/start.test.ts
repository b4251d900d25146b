import { describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { askAgent } from '../../../../lib/flows/agents/ask-agent.ts';
import { attemptOf } from '../../../../lib/flows/agents/asking/asking.ts';
import { closeAgentRun } from '../../../../lib/flows/agents/asking/close-agent-run.ts';
import { newAgentRun } from '../../../../lib/flows/agents/asking/new-agent-run.ts';
import type {
  AgentProvider,
  AgentRequest,
  EarlierStarts,
} from '../../../../lib/ports/agent-provider.ts';
import {
  askedComponent,
  buildAsking,
  buildChosenAgent,
  minutesLater,
  runningView,
  startOfAsking,
  type AskingOptions,
} from '../../../builders/asking.ts';

const hourMs = 3_600_000;
const asking = {
  component: askedComponent,
  analysis: 'architecture',
  cause: 'one',
  agent: buildChosenAgent(),
  stages: new Map(),
} as const;

type Built = ReturnType<typeof buildAsking>;

/** Asks for one analysis. @param meanwhile comes once, between the place and the start */
async function ask(options: AskingOptions, meanwhile?: (built: Built) => Promise<void> | void) {
  const built = buildAsking(options);
  const { tasks } = built.services;
  let waiting = meanwhile;
  const writePrompt: typeof tasks.writePrompt = async (...given) => {
    const happens = waiting;
    waiting = undefined;
    await happens?.(built);
    return tasks.writePrompt(...given);
  };
  const services = { ...built.services, tasks: { ...tasks, writePrompt } };
  const ended = await askAgent(built.flow, asking, services);
  const { agentRuns } = await built.services.agentRuns.list({ limit: 10 });
  const [places] = await built.services.budget.view();
  return { ...built, ...ended, agentRuns, places: places?.used };
}

const busy = new UpstreamError('Codegen has failed (500).', {
  service: 'codegen',
  retryable: true,
});

type Find = NonNullable<AgentProvider['find']>;

/** The answer to the first start is lost. @param meanwhile comes before anything else is asked */
async function askAndLose(
  meanwhile: (built: Built) => Promise<void> | void,
  change: Partial<AgentProvider> = {},
) {
  const requests: AgentRequest[] = [];
  let current: Built | undefined;
  const provider: Partial<AgentProvider> = {
    start: async (request) => {
      requests.push(request);
      if (requests.length > 1) return runningView('their-0');
      if (current !== undefined) await meanwhile(current);
      throw busy;
    },
    ...change,
  };
  const asked = await ask({ provider }, (built) => {
    current = built;
  });
  return { ...asked, requests };
}

const found: Find = async () => runningView('their-0');
const notFound: Find = async () => undefined;

describe('a pause', () => {
  test('takes back the place of an agent whose wait was cut off', async () => {
    const { flow, pause, services } = buildAsking();
    const { id } = attemptOf(asking, { number: 1, isKnown: false, before: null, stack: 'test' });
    await services.budget.take({ id, repository: 'acme/shop', cause: asking.cause });
    pause();
    await askAgent(flow, asking, services);
    expect(await services.budget.heldUntil(id)).toBeUndefined();
  });

  test('holds back an agent that has its place already', async () => {
    const { agentRuns, end, places, refusal, requests, tasks } = await ask({}, ({ pause }) =>
      pause(),
    );
    expect(requests).toEqual([]);
    expect(tasks).toEqual(['architecture: wait for the budget', 'architecture: start the agent']);
    expect(end).toMatchObject({ outcome: 'not-asked', attempts: 0 });
    expect(refusal?.reason).toMatch(/^No agent is started: paused since/);
    expect(agentRuns).toEqual([]);
    expect(places).toBe(0);
  });

  test('leaves the answer of an agent that was started all the same', async () => {
    const { agentRuns, end, requests } = await askAndLose(({ pause }) => pause(), { find: found });
    expect(requests).toHaveLength(1);
    expect(end).toMatchObject({ outcome: 'answered', attempts: 1 });
    expect(agentRuns).toMatchObject([{ state: 'succeeded', providerId: 'their-0' }]);
  });

  test('holds back an agent that is known not to have been started', async () => {
    const looks: EarlierStarts[] = [];
    const { agentRuns, end, places, refusal, requests } = await askAndLose(({ pause }) => pause(), {
      find: async (_id, asked) => void looks.push(asked),
    });
    expect(requests).toHaveLength(1);
    expect(looks).toEqual([{ askedSince: minutesLater(0), lastAskedAt: minutesLater(0) }]);
    expect(end).toMatchObject({ outcome: 'not-asked', attempts: 0 });
    expect(refusal).not.toBeNull();
    expect(agentRuns).toMatchObject([{ state: 'cancelled' }]);
    expect(places).toBe(0);
  });

  test('holds back an agent while it is looked for', async () => {
    const started: Built[] = [];
    const { agentRuns, end, requests } = await askAndLose((built) => void started.push(built), {
      find: async () => {
        for (const built of started) built.pause();
        return undefined;
      },
    });
    expect(requests).toHaveLength(1);
    expect(end).toMatchObject({ outcome: 'not-asked', attempts: 0 });
    expect(agentRuns).toMatchObject([{ state: 'cancelled' }]);
  });

  test('holds nothing back that may be at work where nobody can look', async () => {
    const { end, requests } = await askAndLose(({ pause }) => pause());
    expect(requests).toHaveLength(2);
    expect(end).toMatchObject({ outcome: 'answered', attempts: 1 });
  });
});

test.each([
  { name: 'a pause', change: ({ pause }: Built) => pause() },
  { name: 'being late', change: ({ letPass }: Built) => letPass(6 * 3_600) },
])('$name takes no place back of an agent that may be at work', async ({ change }) => {
  const built = buildAsking({ provider: { find: found } });
  const { flow, requests, services } = built;
  const attempt = { number: 1, isKnown: false, before: null, stack: 'test' };
  await services.agentRuns.add(newAgentRun(attemptOf(asking, attempt), services));
  change(built);
  const { end } = await askAgent(flow, asking, services);
  expect(requests).toEqual([]);
  expect(end).toMatchObject({ outcome: 'answered', attempts: 1 });
});

test('a place that is gone by the time of the start is waited for once more', async () => {
  const { end, requests, tasks } = await ask(
    { agents: { budget: { concurrent: 1 } } },
    async ({ letPass, services }) => {
      letPass(66 * 60);
      await services.budget.take({ id: 'other', repository: 'acme/web', cause: 'other' });
    },
  );
  expect(tasks.slice(0, 4)).toEqual([
    'architecture: wait for the budget',
    'architecture: start the agent',
    'architecture: wait for the budget',
    'architecture: start the agent',
  ]);
  // The place of the other is free after an hour and five minutes.
  expect(requests).toMatchObject([{ deadline: minutesLater(66 + 65 + 60) }]);
  expect(end).toMatchObject({ outcome: 'answered', attempts: 1 });
});

test('an agent may work for as long as it is allowed from the call that has started it', async () => {
  const { agentRuns, end, requests } = await askAndLose(({ letPass }) => letPass(50 * 60), {
    find: notFound,
  });
  const [run] = agentRuns;
  expect(requests.map(({ deadline }) => deadline)).toEqual([minutesLater(60), run?.deadline]);
  const startedAt = Date.parse(run?.startedAt ?? '');
  expect(startedAt).toBeGreaterThan(startOfAsking + 50 * 60_000);
  expect(Date.parse(run?.deadline ?? '') - startedAt).toBe(hourMs);
  expect(end).toMatchObject({ outcome: 'answered', minutes: 0 });
});

test('an agent that was not started within six hours is not started any more', async () => {
  const { end, places, requests } = await askAndLose(({ letPass }) => letPass(6 * 3_600), {
    find: notFound,
  });
  expect(requests).toHaveLength(1);
  expect(end).toMatchObject({
    outcome: 'failed',
    problem: 'It could not be started within 6 hours.',
  });
  expect(places).toBe(0);
});

/** As a person does by a command, of an agent run that its provider has not told the id of. */
async function stop({ services }: Built, { mayBeAtWork } = { mayBeAtWork: true }): Promise<void> {
  const ending = { state: 'cancelled', problem: 'Stopped by a person.' } as const;
  for (const { id } of (await services.agentRuns.list({ limit: 10, open: true })).agentRuns) {
    await closeAgentRun(services, id, { ...ending, mayBeAtWork });
  }
}

const stopped = { outcome: 'cancelled', attempts: 1, problem: 'Stopped by a person.' };

/** Agent runs that a person stops while they are being started. */
async function askAndStop(change: Partial<AgentProvider>) {
  let current: Built | undefined;
  const start = async () => {
    if (current !== undefined) await stop(current);
    return runningView('their-0');
  };
  return ask({ provider: { start, ...change } }, (built) => {
    current = built;
  });
}

describe('an agent run that is stopped while it is being started', () => {
  test('is ended where its provider can do that, and gives its place back', async () => {
    const cancelled: string[] = [];
    const cancel = async (id: string) => void cancelled.push(id);
    const { agentRuns, end, places } = await askAndStop({ cancel });
    expect(cancelled).toEqual(['their-0']);
    expect(end).toMatchObject(stopped);
    expect(agentRuns).toMatchObject([{ state: 'cancelled', providerId: 'their-0' }]);
    expect(agentRuns[0]?.placeUntil).toBeUndefined();
    expect(places).toBe(0);
  });

  test('is ended once its provider can be asked for that', async () => {
    let calls = 0;
    const cancel = async () => {
      calls += 1;
      if (calls === 1) throw busy;
    };
    const { end, places } = await askAndStop({ cancel });
    expect(calls).toBe(2);
    expect(end).toMatchObject(stopped);
    expect(places).toBe(0);
  });

  test('keeps its place, and tells where it is, where it cannot be ended', async () => {
    const { agentRuns, end, places } = await askAndStop({});
    expect(end).toMatchObject(stopped);
    expect(agentRuns).toMatchObject([
      { state: 'cancelled', url: 'https://agents.example/their-0', placeUntil: minutesLater(65) },
    ]);
    expect(places).toBe(1);
  });

  test.each([
    { name: 'and was started all the same, is ended', find: found, cancels: ['their-0'] },
    { name: 'and was not, is not started', find: notFound, cancels: [] },
  ])('$name', async ({ cancels, find }) => {
    const cancelled: string[] = [];
    const cancel = async (id: string) => void cancelled.push(id);
    const { end, places, requests } = await askAndLose(stop, { find, cancel });
    expect(requests).toHaveLength(1);
    expect(cancelled).toEqual(cancels);
    expect(end).toMatchObject(stopped);
    expect(places).toBe(0);
  });

  test('and is looked for at that time, is not started', async () => {
    const started: Built[] = [];
    const { end, requests } = await askAndLose((built) => void started.push(built), {
      find: async () => {
        for (const built of started) await stop(built);
      },
    });
    expect(requests).toHaveLength(1);
    expect(end).toMatchObject(stopped);
  });

  test('and was taken for one that was never started, holds its place again', async () => {
    const started: Built[] = [];
    const { places } = await ask(
      {
        provider: {
          start: async () => {
            for (const built of started) await stop(built, { mayBeAtWork: false });
            return runningView('their-0');
          },
        },
      },
      (built) => void started.push(built),
    );
    expect(places).toBe(1);
  });
});
