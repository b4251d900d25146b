import { describe, expect, test } from 'vitest';
import type { AgentRun } from '../../../../lib/domain/agents/agent-run.ts';
import type { RunSummary } from '../../../../lib/domain/run.ts';
import { askAgents } from '../../../../lib/flows/agents/ask-agents.ts';
import {
  askedComponent,
  buildAsking,
  runningView,
  type AskingOptions,
} from '../../../builders/asking.ts';
import { runSummary } from '../../../builders/runs.ts';

type Built = ReturnType<typeof buildAsking>;

async function askIn(runId: string, { flow, services }: Built) {
  const ended = await askAgents(flow, { ...askedComponent, runId }, services);
  return ended.map(({ end }) => end);
}

async function changeAll({ services }: Built, change: Partial<AgentRun>): Promise<void> {
  const { agentRuns } = await services.agentRuns.list({ limit: 10 });
  for (const { id } of agentRuns) {
    await services.agentRuns.change(id, (run) => ({ ...run, ...change }));
  }
}

interface Again extends AskingOptions {
  /** Of the run before. Default: it has failed. */
  before?: Partial<RunSummary>;
  /** What comes to pass between both runs. */
  meanwhile?: (built: Built) => Promise<void>;
}

/** Asks in a run, and in the one that starts it again. */
async function askAgain({ before, meanwhile, ...options }: Again = {}) {
  const built = buildAsking(options);
  const { flowRuns, requests, services, tasks } = built;
  flowRuns.set('run-1', runSummary({ id: 'run-1', state: 'failed', ...before }));
  flowRuns.set('run-2', retryOf('run-1', 'run-2'));
  await askIn('run-1', built);
  await meanwhile?.(built);
  const asked = requests.length;
  const done = tasks.length;
  const ends = await askIn('run-2', built);
  const { agentRuns } = await services.agentRuns.list({ limit: 20 });
  return {
    built,
    ends,
    agentRuns,
    newStarts: requests.length - asked,
    newTasks: tasks.slice(done).filter((task) => task.startsWith('architecture')),
  };
}

function retryOf(runId: string, id: string): RunSummary {
  return runSummary({ id, state: 'running', endedAt: null, cause: { kind: 'run', runId } });
}

const unended = { state: 'running', endedAt: null } as const;
const thrice = <Value>(value: Value): Value[] => [value, value, value];
const answered = { outcome: 'answered', problem: null };

describe('a run that was started again', () => {
  test('reads the answers that are there, and pays for nothing', async () => {
    const { agentRuns, ends, newStarts, newTasks } = await askAgain();
    expect(newStarts).toBe(0);
    expect(newTasks).toEqual([
      'architecture: start the agent',
      'architecture: wait for the agent',
      'architecture: read the answer',
    ]);
    expect(ends).toMatchObject([answered, answered, answered]);
    expect(agentRuns).toHaveLength(3);
  });

  test('waits for the agents that are at work, and they are its own from then on', async () => {
    const { agentRuns, ends, newStarts } = await askAgain({
      meanwhile: (built) => changeAll(built, unended),
    });
    expect(newStarts).toBe(0);
    expect(ends).toMatchObject([answered, answered, answered]);
    expect(agentRuns).toMatchObject(thrice({ runId: 'run-2', state: 'succeeded' }));
  });

  test('asks for no place for what is at work, also when there is none', async () => {
    const { ends } = await askAgain({
      agents: { budget: { concurrent: 1 } },
      meanwhile: async (built) => {
        await changeAll(built, unended);
        const other = { id: 'other', repository: 'acme/web', cause: 'other' };
        await built.services.budget.take(other);
        built.pause();
      },
    });
    expect(ends).toMatchObject([answered, answered, answered]);
  });

  test('looks first for what may have been started, whatever nobody may start now', async () => {
    const { agentRuns, built, ends, newStarts } = await askAgain({
      agents: { budget: { concurrent: 3, concurrentPerRepository: 3 } },
      provider: { find: async () => runningView('their-0') },
      meanwhile: async (known) => {
        await changeAll(known, { ...unended, providerId: null });
        known.pause();
      },
    });
    expect(newStarts).toBe(0);
    expect(ends).toMatchObject([answered, answered, answered]);
    expect(agentRuns).toMatchObject(thrice({ state: 'succeeded', providerId: 'their-0' }));
    expect(built.deferrals).toEqual([]);
  });

  test('reads an answer that was closed unread', async () => {
    const { ends } = await askAgain({
      meanwhile: (built) => changeAll(built, { problem: 'Nobody has read its answer.' }),
    });
    expect(ends).toMatchObject([answered, answered, answered]);
  });

  test('does not ask again for what a person has ended', async () => {
    const { ends, newStarts } = await askAgain({
      meanwhile: (built) =>
        changeAll(built, { state: 'cancelled', isUnwanted: true, problem: 'Stopped by a person.' }),
    });
    expect(newStarts).toBe(0);
    expect(ends).toMatchObject(thrice({ outcome: 'cancelled', problem: 'Stopped by a person.' }));
  });

  test('asks once more for what has failed twice, and not again after that', async () => {
    const broken = { state: 'failed', status: 'ERROR', problem: 'Out of memory' } as const;
    const { agentRuns, built, ends, newStarts } = await askAgain({
      agents: { budget: { startsPerMinute: 20 } },
      runs: [[broken]],
    });
    expect(newStarts).toBe(3);
    expect(agentRuns.map(({ attempt }) => attempt)).toEqual(expect.arrayContaining([1, 2, 3]));
    expect(built.prompts.at(-1)?.before).toEqual({ problem: 'Out of memory' });
    expect(ends).toMatchObject(thrice({ outcome: 'failed', attempts: 1 }));

    built.flowRuns.set('run-2', { ...retryOf('run-1', 'run-2'), state: 'failed' });
    built.flowRuns.set('run-3', retryOf('run-2', 'run-3'));
    const problem = 'It was asked 3 times before this run was started again. Out of memory';
    const last = await askIn('run-3', built);
    expect(last).toMatchObject(thrice({ outcome: 'not-asked', attempts: 0, problem }));
    expect(built.requests).toHaveLength(9);
  });
});

describe('agents are asked anew', () => {
  test.each([
    { name: 'after a run that has succeeded', before: { state: 'succeeded' } as const },
    { name: 'by a run that another flow has started', before: { flow: 'agent-session' } },
  ])('$name', async ({ before }) => {
    const { ends, newStarts } = await askAgain({
      agents: { budget: { startsPerMinute: 20, attemptsPerCause: 10 } },
      before,
    });
    expect(newStarts).toBe(3);
    expect(ends).toMatchObject([answered, answered, answered]);
  });
});
