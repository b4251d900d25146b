import { describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { askAgents } from '../../../../lib/flows/agents/ask-agents.ts';
import { createAskingPauses } from '../../../../lib/flows/agents/asking/asking-pauses.ts';
import {
  askedComponent,
  buildAsking,
  runningView,
  startOfAsking,
  type AskingOptions,
} from '../../../builders/asking.ts';

async function ask(options: AskingOptions & { paused?: boolean } = {}) {
  const built = buildAsking(options);
  if (options.paused === true) built.pause();
  const ended = await askAgents(built.flow, askedComponent, built.services);
  return { ...built, ended, ends: ended.map(({ end }) => end) };
}

const answers = ['answer-of-code-quality', 'answer-of-architecture', 'answer-of-integration'];

test('an agent is asked for each analysis, under an id and for a cause of its own', async () => {
  const { ended, requests, services } = await ask();
  expect(ended.map(({ answer }) => answer)).toEqual(answers);
  expect(requests.map(({ title }) => title)).toEqual([
    'code quality of orders',
    'architecture of orders',
    'integration points of orders',
  ]);
  expect(new Set(requests.map(({ id }) => id)).size).toBe(3);
  const { agentRuns } = await services.agentRuns.list({ limit: 10 });
  expect(new Set(agentRuns.map(({ cause }) => cause)).size).toBe(3);
});

test('agents that take ten minutes each cost fewer than 50 operations', async () => {
  const built = buildAsking({
    provider: {
      get: async (providerId) => {
        const { agentRuns } = await built.services.agentRuns.list({ limit: 1, open: true });
        const sinceMs = built.now() - Date.parse(agentRuns[0]?.startedAt ?? '');
        const view = runningView(providerId);
        return sinceMs < 600_000 ? view : { ...view, state: 'succeeded', text: 'All is well.' };
      },
    },
  });
  const pauses = createAskingPauses(() => 0.5);
  const ended = await askAgents(built.flow, askedComponent, { ...built.services, pauses });
  expect(ended.map(({ end }) => end.outcome)).toEqual(['answered', 'answered', 'answered']);
  // Each is paid for, and so is each look after the first.
  expect(built.tasks.length + built.pauses.length).toBeLessThan(50);
});

test('one that fails leaves the others alone', async () => {
  const refusal = new UpstreamError('No access', { service: 'codegen', retryable: false });
  const done = { state: 'succeeded', status: 'COMPLETE', text: '' } as const;
  const { ends } = await ask({ runs: [refusal, [done]] });
  expect(ends.map(({ outcome }) => outcome)).toEqual(['failed', 'answered', 'answered']);
});

describe('without an agent nobody is asked, and no word is said', () => {
  test('where the configuration wants none', async () => {
    const { flow, services, tasks } = buildAsking();
    const providers = { current: () => null, of: () => undefined };
    expect(await askAgents(flow, askedComponent, { ...services, providers })).toEqual([]);
    expect(tasks).toEqual(['choose an agent']);
  });

  test('where its credentials are not set', async () => {
    const { ended, requests } = await ask({ provider: { isConfigured: async () => false } });
    expect(ended).toEqual([]);
    expect(requests).toEqual([]);
  });
});

test('where nobody knows whether there is an agent, the report says so', async () => {
  const away = new UpstreamError('The secrets cannot be read', {
    service: 'secrets',
    retryable: true,
  });
  const { answer, end } =
    (await ask({ provider: { isConfigured: () => Promise.reject(away) } })).ended[0] ?? {};
  expect(answer).toBeNull();
  expect(end).toMatchObject({
    outcome: 'not-asked',
    attempts: 0,
    problem: 'The secrets cannot be read',
  });
});

type Built = ReturnType<typeof buildAsking>;

/** Three a day are allowed. @param happens after the start of the second agent */
async function askAndMeet(happens: (built: Built) => Promise<unknown> | void) {
  let asked = 0;
  const built = buildAsking({
    agents: { budget: { startsPerDay: 3 } },
    provider: {
      start: async () => {
        asked += 1;
        if (asked === 2) await happens(built);
        return runningView(`their-${asked}`);
      },
      get: async (id) => ({ ...runningView(id), state: 'succeeded', text: 'All is well.' }),
    },
  });
  const ended = await askAgents(built.flow, askedComponent, built.services);
  return { ...built, ends: ended.map(({ end }) => end) };
}

const time = (minutes: number) => new Date(startOfAsking + minutes * 60_000).toISOString();

test('of ten analyses at once each asks all its agents or none, and is made up for', async () => {
  // None has to wait: the branches would put the one clock forward all at once.
  const budget = {
    concurrent: 30,
    concurrentPerRepository: 30,
    startsPerMinute: 30,
    startsPerDay: 20,
  };
  const built = buildAsking({ agents: { budget } });
  const many = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      askAgents(
        built.flow,
        {
          ...askedComponent,
          runId: `run-${index}`,
          input: { ...askedComponent.input, component: `component-${index}` },
        },
        built.services,
      ),
    ),
  );
  const outcomes = many.map((ended) => new Set(ended.map(({ end }) => end.outcome)));
  expect(outcomes.map((each) => each.size)).toEqual(Array(10).fill(1));
  expect(outcomes.filter((each) => each.has('answered'))).toHaveLength(6);
  expect(built.requests).toHaveLength(18);
  expect(built.deferrals).toHaveLength(4);
});

describe('what a budget refuses', () => {
  test('is made up for when the day is over, once for the analysis', async () => {
    const built = buildAsking({ agents: { budget: { startsPerDay: 3 } } });
    await built.services.budget.take({ id: 'other', repository: 'acme/web', cause: 'other' });
    built.letPass(3_600);
    const ended = await askAgents(built.flow, askedComponent, built.services);
    expect(built.deferrals).toMatchObject([
      { input: askedComponent.input, runId: 'run-1', notBefore: time(24 * 60) },
    ]);
    expect(built.tasks).toEqual(['choose an agent', 'have the agents asked later']);
    expect(built.requests).toEqual([]);
    expect(ended.map(({ end }) => end.outcome)).toEqual(Array(3).fill('not-asked'));
    expect(ended[0]?.end.problem).toMatch(
      /^1 of 3 agent runs .* This is made up for later, without another request\.$/,
    );
  });

  test('because of a pause is made up for as soon as it ends', async () => {
    const { deferrals, ends } = await ask({ paused: true });
    expect(deferrals).toMatchObject([{ notBefore: time(0) }]);
    expect(ends[0]?.problem).toMatch(
      /^No agent is started: paused .* This is made up for later, without another request\.$/,
    );
  });

  test('for a second attempt is not: others would be asked again every day', async () => {
    const failed = { state: 'failed', status: 'FAILED', problem: 'It crashed.' } as const;
    const done = { state: 'succeeded', status: 'COMPLETE', text: '' } as const;
    const { deferrals, ends, requests } = await ask({
      agents: { budget: { startsPerDay: 3 } },
      runs: [[done], [done], [failed]],
    });
    expect(requests).toHaveLength(3);
    expect(ends.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'failed']);
    expect(deferrals).toEqual([]);
    expect(ends[2]?.problem).toMatch(/Not asked again: 3 of 3 .* not made up for: ask again\.$/);
  });

  test('after others were asked finds their starts kept', async () => {
    const { ends, services } = await askAndMeet(async ({ services: { budget } }) => {
      const other = { id: 'other', repository: 'acme/web', cause: 'other' };
      expect(await budget.take(other)).toMatchObject({ kind: 'refused', limit: 'day' });
    });
    expect(ends.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered']);
    const uses = await services.budget.view();
    expect(uses.find(({ limit }) => limit === 'day')).toMatchObject({ used: 3 });
  });

  test('after others were asked is made up for where it was a pause', async () => {
    const { deferrals, ends } = await askAndMeet(({ pause }) => pause());
    expect(ends.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'not-asked']);
    expect(ends[0]?.problem).toBeNull();
    expect(ends[2]?.problem).toMatch(/^No agent is started: paused .* This is made up for later/);
    expect(deferrals).toMatchObject([{ input: askedComponent.input }]);
  });

  test.each([0, 2])('because a day allows %i, and never all, is not', async (startsPerDay) => {
    const { deferrals, ends, requests } = await ask({ agents: { budget: { startsPerDay } } });
    expect(requests).toEqual([]);
    expect(deferrals).toEqual([]);
    const reason = /^agents\.budget\.startsPerDay is .*: no agent is started\.$/;
    expect(ends.map(({ problem }) => problem)).toEqual(
      Array(3).fill(expect.stringMatching(reason)),
    );
  });

  test('and cannot be kept for later is not promised', async () => {
    const built = buildAsking();
    built.pause();
    const away = new UpstreamError('Away', { service: 'store', retryable: true });
    const deferred = { ...built.services.deferred, defer: () => Promise.reject(away) };
    const ended = await askAgents(built.flow, askedComponent, { ...built.services, deferred });
    expect(ended[0]?.end.problem).toContain('not made up for');
    expect(built.warnings).toEqual(['The agents cannot be asked later']);
  });
});
