import { describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import type { AgentServices } from '../../../../lib/flows/agents/agent-services.ts';
import { askAgent } from '../../../../lib/flows/agents/ask-agent.ts';
import { attemptOf } from '../../../../lib/flows/agents/asking/asking.ts';
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
  cause: 'cause-1',
  agent: buildChosenAgent(),
} as const;

/** Asks for one analysis, to the end. */
async function ask(options: AskingOptions = {}) {
  const built = buildAsking(options);
  const ended = await askAgent(built.flow, { ...asking, stages: new Map() }, built.services);
  const [first, second] = [1, 2].map((number) => {
    const attempt = { number, isKnown: false, before: null, stack: 'test' };
    return attemptOf({ ...asking, stages: new Map() }, attempt).id;
  });
  const { agentRuns } = await built.services.agentRuns.list({ limit: 10 });
  return { ...built, ...ended, agentRuns, ids: [first, second] };
}

const busy = new UpstreamError('Too many requests', {
  service: 'codegen',
  status: 429,
  retryable: true,
});
const running = { state: 'running', status: 'ACTIVE' } as const;
const done = { state: 'succeeded', status: 'COMPLETE', text: 'All is well.' } as const;
const broken = { state: 'failed', status: 'ERROR', problem: 'Out of memory' } as const;

describe('an agent that answers', () => {
  test('is asked once, and its answer is read', async () => {
    const { agentRuns, answer, end, ids, requests, tasks } = await ask({ runs: [[running, done]] });
    expect(tasks).toEqual([
      'architecture: wait for the budget',
      'architecture: start the agent',
      'architecture: wait for the agent',
      'architecture: read the answer',
    ]);
    expect(requests).toMatchObject([
      { id: ids[0], title: 'architecture of orders', prompt: 'Look at architecture.' },
    ]);
    expect(answer).toBe('answer-of-architecture');
    expect(end).toEqual({
      analysis: 'architecture',
      provider: 'codegen',
      outcome: 'answered',
      agentRunId: ids[0],
      attempts: 1,
      minutes: 1,
      url: 'https://agents.example/their-0',
      pullRequests: [],
      problem: null,
    });
    expect(agentRuns).toMatchObject([
      {
        id: ids[0],
        state: 'succeeded',
        status: 'COMPLETE',
        endedAt: minutesLater(1),
        problem: null,
      },
    ]);
  });

  test('gives its place to the next', async () => {
    const { services } = await ask();
    const [concurrent] = await services.budget.view();
    expect(concurrent).toMatchObject({ limit: 'concurrent', used: 0 });
  });

  test('and could not hand in its changes has answered, and that is told', async () => {
    const problem = 'The branch is protected.';
    const { agentRuns, end } = await ask({ runs: [[{ ...done, problem }]] });
    expect(end).toMatchObject({ outcome: 'answered', attempts: 1, problem });
    expect(agentRuns).toMatchObject([{ state: 'succeeded', problem }]);
  });

  test('that it cannot do it is taken at its word', async () => {
    const { end, requests } = await ask({ kindOf: () => 'declined' });
    expect(end).toMatchObject({ outcome: 'declined', attempts: 1 });
    expect(requests).toHaveLength(1);
  });
});

describe('another agent run is asked for', () => {
  test.each([
    { name: 'after one that failed', first: [broken], problem: 'Out of memory' },
    {
      name: 'after one that its provider has lost',
      first: [running, undefined],
      problem: 'Its provider does not know the agent run any more.',
    },
    {
      name: 'after one without an end',
      first: [{ state: 'running', status: 'PONDERING' } as const],
      problem: 'It had not answered after 60 minutes. It may still be at work.',
    },
  ])('$name, and told what is known', async ({ first, problem }) => {
    const { end, ids, prompts, requests } = await ask({ runs: [first, [done]] });
    expect(requests.map(({ id }) => id)).toEqual(ids);
    expect(prompts.map(({ before }) => before)).toEqual([null, { problem }]);
    expect(end).toMatchObject({ outcome: 'answered', attempts: 2, agentRunId: ids[1] });
  });

  test('after an unusable answer, once: then the report goes out without', async () => {
    const { agentRuns, end, requests } = await ask({ kindOf: () => 'unusable' });
    expect(requests).toHaveLength(2);
    expect(end).toMatchObject({
      outcome: 'unusable',
      attempts: 2,
      problem: 'The answer is unusable.',
    });
    // The agents did what they were asked for, as far as their provider knows.
    const read = { state: 'succeeded', answer: { kind: 'unusable', findings: 0, dropped: 0 } };
    expect(agentRuns).toMatchObject([read, read]);
  });

  test('within the budget: else it is told what the first has come to', async () => {
    const { end, requests } = await ask({
      agents: { budget: { attemptsPerCause: 1 } },
      runs: [[broken]],
    });
    expect(requests).toHaveLength(1);
    expect(end).toMatchObject({ outcome: 'failed', attempts: 1 });
    expect(end.problem).toMatch(/^Out of memory Not asked again: 1 of 1 agent runs/);
  });

  test('not after one that was cancelled', async () => {
    const { end, requests } = await ask({ runs: [[{ state: 'cancelled', status: 'CANCELLED' }]] });
    expect(requests).toHaveLength(1);
    expect(end).toMatchObject({
      outcome: 'cancelled',
      problem: 'The agent run ended as CANCELLED.',
    });
  });
});

describe('a start', () => {
  test('that the provider refuses is final, and says what to do', async () => {
    const advice =
      'Codegen’s plan allows no more agent runs: raise it, or wait for the next month.';
    const refusal = new UpstreamError(advice, {
      service: 'codegen',
      status: 402,
      retryable: false,
    });
    const { agentRuns, end, requests, services } = await ask({ runs: [refusal] });
    expect(requests).toHaveLength(1);
    expect(end).toMatchObject({ outcome: 'failed', attempts: 1, problem: advice });
    expect(agentRuns).toMatchObject([{ state: 'failed', problem: advice }]);
    const uses = await services.budget.view();
    expect(uses.map(({ limit, used }) => [limit, used])).toEqual(
      uses.map(({ limit }) => [limit, 0]),
    );
  });

  test('that fails by a defect shows no words of it', async () => {
    const { end } = await ask({ runs: [new TypeError('undefined is not a function')] });
    expect(end.problem).toBe('Asking the agent failed: the log of the run says why.');
  });

  test('that fails as often as it is tried is told, and not repeated', async () => {
    const { end, requests, services } = await ask({ runs: [busy] });
    expect(requests).toHaveLength(8);
    expect(end).toMatchObject({ outcome: 'failed', attempts: 1, problem: 'Too many requests' });
    // It may have got through all the same.
    expect((await services.budget.view())[0]).toMatchObject({ limit: 'concurrent', used: 1 });
  });
});

/** As a person does by a command. */
async function stopAgentRuns({ agentRuns }: Pick<AgentServices, 'agentRuns'>): Promise<void> {
  const stopped = { endedAt: minutesLater(1), problem: 'Stopped by a person.' };
  for (const { id } of (await agentRuns.list({ limit: 10, open: true })).agentRuns) {
    await agentRuns.change(id, (open) => ({ ...open, ...stopped, state: 'cancelled' }));
  }
}

describe('while an agent is at work', () => {
  test('failures to look at it end nothing', async () => {
    const { end, requests, warnings } = await ask({
      runs: [[...Array.from({ length: 15 }, () => busy), running, done]],
    });
    expect(end).toMatchObject({ outcome: 'answered', attempts: 1, minutes: 16 });
    expect(requests).toHaveLength(1);
    // The first and the eleventh.
    expect(warnings).toEqual(Array(2).fill('The agent run cannot be looked at'));
  });

  test('one look at which it is not known is not enough', async () => {
    const { end } = await ask({ runs: [[running, undefined, running, undefined, done]] });
    expect(end).toMatchObject({ outcome: 'answered', attempts: 1 });
  });

  test('the log tells what changes, and every ten minutes that it goes on', async () => {
    const { infos } = await ask({
      runs: [[...Array.from({ length: 25 }, () => running), { ...running, status: 'NEW' }, done]],
    });
    expect(infos).toEqual([
      'Agent run started',
      'Agent run has changed',
      'Agent run goes on',
      'Agent run goes on',
      'Agent run has changed',
      'Agent run has changed',
      'Agent run ended',
    ]);
  });

  test('it is told to go on when it waits, once', async () => {
    const resumed: string[] = [];
    const waiting = { state: 'waiting', status: 'PAUSED' } as const;
    const { end } = await ask({
      runs: [[running, waiting, waiting, running, waiting, done]],
      provider: {
        resume: async (_id, prompt) => {
          resumed.push(prompt);
          return runningView('their-0');
        },
      },
    });
    expect(resumed).toEqual([
      'Nobody will answer questions. Answer with what you have, in the form that was asked for, and end.',
    ]);
    expect(end.outcome).toBe('answered');
  });

  test('and waits where it cannot be told to go on, it has until its deadline', async () => {
    const { end, warnings } = await ask({
      runs: [[{ state: 'waiting', status: 'PAUSED' }], [done]],
    });
    expect(warnings).toEqual(['The agent waits for somebody, and cannot be told to go on']);
    expect(end).toMatchObject({ outcome: 'answered', attempts: 2, minutes: 60 });
  });

  test('what a person ends is over, and not asked for again', async () => {
    const built = buildAsking({
      provider: {
        get: async () => {
          await stopAgentRuns(built.services);
          return runningView('their-0');
        },
      },
    });
    const { end } = await askAgent(built.flow, { ...asking, stages: new Map() }, built.services);
    expect(end).toMatchObject({
      outcome: 'cancelled',
      attempts: 1,
      problem: 'Stopped by a person.',
    });
    expect(built.requests).toHaveLength(1);
    // Whoever has ended it knows whether it has stopped.
    const [places] = await built.services.budget.view();
    expect(places).toMatchObject({ limit: 'concurrent', used: 1 });
  });
});

test('at its deadline an agent is cancelled where that is possible', async () => {
  const cancelled: string[] = [];
  const { agentRuns, end, now } = await ask({
    agents: { deadlineMinutes: 2, budget: { concurrent: 1 } },
    runs: [[running]],
    provider: { cancel: async (id) => void cancelled.push(id) },
  });
  expect(cancelled).toEqual(['their-0', 'their-1']);
  expect(end).toMatchObject({
    outcome: 'timed-out',
    attempts: 2,
    minutes: 4,
    problem: 'It had not answered after 2 minutes.',
  });
  expect(agentRuns.map(({ state }) => state)).toEqual(['timed-out', 'timed-out']);
  expect(now()).toBe(startOfAsking + 4 * 60_000);
});

test('an answer is read, however long it takes until its provider can be asked again', async () => {
  const away = Array.from({ length: 18 }, () => busy);
  const { end, requests } = await ask({ runs: [[running, done, ...away, done]] });
  expect(end).toMatchObject({ outcome: 'answered', attempts: 1 });
  expect(requests).toHaveLength(1);
});

test('an agent that has ended while nobody could look is not late', async () => {
  const built = buildAsking({
    provider: {
      get: async (providerId) => {
        // The machine sleeps for 15 hours, and has no network as it wakes up.
        const isAwake = built.now() >= startOfAsking + 15 * hourMs;
        if (isAwake) return { ...runningView(providerId), ...done };
        built.letPass(15 * 3_600);
        throw busy;
      },
    },
  });
  const { end } = await askAgent(built.flow, { ...asking, stages: new Map() }, built.services);
  expect(end).toMatchObject({ outcome: 'answered', attempts: 1, problem: null });
  expect(built.requests).toHaveLength(1);
});

test('one that cannot be cancelled keeps its place to the end of its lease', async () => {
  const { agentRuns, end, requests, services } = await ask({
    agents: { budget: { concurrent: 1 } },
    runs: [[running], [done]],
  });
  // The second attempt waits for the place, and then has its hour.
  expect(requests.map(({ deadline }) => deadline)).toEqual([minutesLater(60), minutesLater(125)]);
  expect(end).toMatchObject({ outcome: 'answered', attempts: 2 });
  expect(agentRuns).toMatchObject([
    { state: 'succeeded' },
    { state: 'timed-out', placeUntil: minutesLater(65) },
  ]);
  expect(agentRuns[0]).not.toHaveProperty('placeUntil');
  expect((await services.budget.view())[0]).toMatchObject({ limit: 'concurrent', used: 0 });
});

describe('the budget', () => {
  test('is waited for, and told of once', async () => {
    const built = buildAsking({ agents: { budget: { concurrent: 1 } } });
    await built.services.budget.take({ id: 'other', repository: 'acme/web', cause: 'other' });
    const { end } = await askAgent(built.flow, { ...asking, stages: new Map() }, built.services);
    // The lease of the other: an hour and five minutes.
    expect(built.requests).toHaveLength(1);
    expect(built.pauses).toHaveLength(65);
    expect(built.infos.filter((line) => line === 'Agent waits for the budget')).toHaveLength(1);
    expect(end.outcome).toBe('answered');
  });

  test('is waited for 6 hours, not longer', async () => {
    const built = buildAsking();
    const budget = {
      ...built.services.budget,
      take: async () => ({ kind: 'wait', limit: 'concurrent', reason: 'Full.' }) as const,
    };
    const services = { ...built.services, budget };
    const { end } = await askAgent(built.flow, { ...asking, stages: new Map() }, services);
    expect(built.now() - startOfAsking).toBe(6 * hourMs);
    expect(end).toMatchObject({ outcome: 'not-asked', attempts: 0, agentRunId: null });
    expect(end.problem).toContain('within 6 hours');
  });

  test('that cannot be read is asked again', async () => {
    const built = buildAsking();
    let away = 3;
    const take: typeof built.services.budget.take = async (start) => {
      away -= 1;
      if (away >= 0) throw new UpstreamError('Away', { service: 'store', retryable: true });
      return built.services.budget.take(start);
    };
    const services = { ...built.services, budget: { ...built.services.budget, take } };
    const { end } = await askAgent(built.flow, { ...asking, stages: new Map() }, services);
    expect(end.outcome).toBe('answered');
    expect(built.warnings).toEqual(Array(3).fill('The budget of agents cannot be read'));
  });
});
