import { expect, test } from 'vitest';
import type { Category } from '../../../lib/domain/finding.ts';
import type { AskServices } from '../../../lib/flows/agents/asking/ask-services.ts';
import type { AgentProvider } from '../../../lib/ports/agent-provider.ts';
import type { CodegenServer } from '../../support/codegen/codegen-server.ts';
import { startAskingHost, startCodegen } from './asking-fixture.ts';

/** A moment at which something was done, and nobody has heard of it yet. */
type Reach = () => Promise<void>;

/** Calls it after each call that changes something, and before each start. */
function withMoments(services: AskServices, reach: Reach): AskServices {
  const { agentRuns, budget, providers, tasks } = services;
  const provider = providers.current();
  if (provider === null) throw new Error('There is a provider');
  const after = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work;
    await reach();
    return result;
  };
  const watched: AgentProvider = {
    ...provider,
    start: async (request) => {
      await reach();
      return after(provider.start(request));
    },
  };
  return {
    ...services,
    agentRuns: {
      ...agentRuns,
      add: (run) => after(agentRuns.add(run)),
      change: (id, change) => after(agentRuns.change(id, change)),
    },
    budget: {
      ...budget,
      take: (start) => after(budget.take(start)),
      release: (id) => after(budget.release(id)),
    },
    providers: { current: () => watched, of: () => watched },
    tasks: { ...tasks, readAgentAnswer: (...given) => after(tasks.readAgentAnswer(...given)) },
  };
}

const forever = new Promise<never>(() => {});

interface Death {
  /** Which one of its moments is its last. */
  moment: number;
  server: CodegenServer;
  /** Default: all three. */
  analysis?: Category;
}

/** Asks agents and dies at a moment; another process goes on in its folder. */
async function askAndDie({ moment, ...options }: Death) {
  let reached = 0;
  const death = Promise.withResolvers<'died'>();
  const first = startAskingHost({
    ...options,
    change: (services, close) =>
      withMoments(services, () => {
        reached += 1;
        if (reached < moment) return Promise.resolve();
        close();
        death.resolve('died');
        return forever;
      }),
  });
  const runId = await first.start();
  const end = await Promise.race([death.promise, first.toEnd(runId)]);
  const { services, toEnd } = startAskingHost({ ...options, folder: first.folder });
  const { result } = await toEnd(runId);
  const { agentRuns } = await services.agentRuns.list({ limit: 10 });
  const [places] = await services.budget.view();
  return { hasDied: end === 'died', result, agentRuns, places };
}

const answered = { end: { outcome: 'answered', attempts: 1 }, answer: expect.any(String) };

/** Behind the budget, twice, and the record, before and behind the start, …: all of an agent run that ends at once. */
const moments = [1, 2, 3, 4, 5, 6, 7, 8, 9];

test('a process that dies at any moment leaves one agent run, whose answer is read', async () => {
  const server = await startCodegen();
  server.behave(() => ({ afterMs: 0 }));
  const deaths = moments.map((moment) => askAndDie({ moment, server, analysis: 'architecture' }));
  const ended = await Promise.all(deaths);
  expect(ended.map(({ hasDied }) => hasDied)).toEqual(moments.map(() => true));
  expect(server.agentRuns).toHaveLength(moments.length);
  for (const { agentRuns, places, result } of ended) {
    expect(result).toMatchObject([answered]);
    expect(agentRuns).toMatchObject([{ state: 'succeeded' }]);
    expect(places).toMatchObject({ limit: 'concurrent', used: 0 });
  }
});

test('a process that dies while three are waited for leaves three', async () => {
  const server = await startCodegen();
  server.behave(() => ({ afterMs: 500 }));
  const { agentRuns, hasDied, result } = await askAndDie({ moment: 17, server });
  expect(hasDied).toBe(true);
  expect(result).toMatchObject([answered, answered, answered]);
  expect(agentRuns).toHaveLength(3);
  expect(server.agentRuns).toHaveLength(3);
});

test('a host with new code goes on with the agents that are at work', async () => {
  const server = await startCodegen();
  server.behave(() => ({ afterMs: 500 }));
  const together = { budget: { concurrent: 3, concurrentPerRepository: 3 } };
  const first = startAskingHost({ server, agents: together });
  const runId = await first.start();
  await expect.poll(() => server.agentRuns.length).toBe(3);
  first.close();
  const { folder } = first;
  const second = startAskingHost({ server, agents: together, folder, codeVersion: 'two' });
  const { result } = await second.toEnd(await second.restartOf(runId));
  expect(result).toMatchObject([answered, answered, answered]);
  expect(server.agentRuns).toHaveLength(3);
});
