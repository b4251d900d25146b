import { expect, test } from 'vitest';
import { withShortPauses } from '../story/fault-runs.ts';
import { answerWith, createAgentsWorld, reportsOf, swallowed } from './agents-world.ts';

withShortPauses();

const components = Array.from({ length: 10 }, (_, index) => `part-${index}`);
const allowed = 4;

test('ten issues at once keep to the budget, and are all answered', async () => {
  const world = await createAgentsWorld({ components, budget: { concurrent: allowed } });
  const { agentRunsOf, codegen, linear } = world;
  codegen.behave(answerWith({ summary: 'Sound.', findings: [swallowed] }, { afterMs: 200 }));
  const host = await world.startHost();

  const runs = await world.analyseAll(host);

  expect(codegen.mostRunning).toBe(allowed);
  const reports = await reportsOf(host, runs);
  for (const name of components) {
    expect(agentRunsOf(name)).toHaveLength(3);
    const outcomes = reports[name]?.agents.map(({ attempts, outcome }) => [outcome, attempts]);
    expect(outcomes).toEqual(Array.from({ length: 3 }, () => ['answered', 1]));
    expect(linear.issue(world.issueOf(name))).toMatchObject({
      comments: [{ body: expect.stringContaining('What agents add') }],
      labels: ['component-analysis', 'analysed'],
    });
  }
  const statuses = new Set(codegen.requests.map(({ status }) => status));
  expect(statuses).toEqual(new Set([200]));
  expect([...codegen.violations, ...linear.violations, ...linear.duplicates]).toEqual([]);
}, 90_000);
