import { expect, test } from 'vitest';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { hang } from '../../support/faulty-answers.ts';
import type { RunningHost } from '../../support/start-host.ts';
import { withShortPauses } from '../story/fault-runs.ts';
import { killWhen } from '../story/kill-host.ts';
import { untilRecorded } from '../story/stand-still.ts';
import { deliver, untilAnalysed } from '../story/story-world.ts';
import {
  analysisOf,
  commentsOn,
  createAgentsWorld,
  reportsOf,
  type AgentsWorld,
} from './agents-world.ts';

withShortPauses();

/**
 * In the order in which the run does them; meanwhile two other agents are asked. The host does not stand still there:
 * one commit may hold the ends of tasks of several agents.
 */
const boundaries = [
  'choose an agent',
  'architecture: wait for the budget',
  'architecture: start the agent',
  'architecture: wait for the agent',
  'architecture: read the answer',
  'report',
  'answer: ENG-2',
];

const isCreation = (line: string) => line.startsWith('POST');

async function expectOneOfEach(
  world: AgentsWorld,
  host: RunningHost,
  run: RunDetail,
): Promise<void> {
  const { codegen, linear } = world;
  const analyses = ['architecture', 'code-quality', 'integration'];
  expect(codegen.agentRuns.map(analysisOf).toSorted()).toEqual(analyses);
  const { orders } = await reportsOf(host, [run]);
  const ends = orders?.agents.map(({ attempts, outcome }) => `${outcome} ${attempts}`);
  expect(ends).toEqual(analyses.map(() => 'answered 1'));
  expect(commentsOn(world, 'orders')).toEqual([
    expect.stringMatching(/What agents add[^]*Full report/),
  ]);
  expect(linear.issue('ENG-2')).toMatchObject({ attachments: [{}], state: 'Todo' });
  expect([...codegen.violations, ...linear.violations, ...linear.duplicates]).toEqual([]);
}

test('killed after every task about agents in turn, a run leaves three agent runs and one comment', async () => {
  const world = await createAgentsWorld();
  const { folder, linear } = world;
  let host = await world.startHost();
  await deliver(host, linear.act.label('ENG-2', 'component-analysis'));
  for (const task of boundaries) {
    await untilRecorded(folder, task);
    await host.end('SIGKILL');
    host = await world.startHost();
  }

  const run = await untilAnalysed(host);

  expect(run.state).toBe('succeeded');
  await expectOneOfEach(world, host, run);
}, 60_000);

test('killed while it waits for the answer to a creation, a run finds the agent run again', async () => {
  const world = await createAgentsWorld();
  const { codegen, linear } = world;
  codegen.addFaults([{ answer: hang, carriedOut: true, times: 2, when: isCreation }]);
  const host = await world.startHost();
  await deliver(host, linear.act.label('ENG-2', 'component-analysis'));

  const next = await killWhen(world, host, () => codegen.agentRuns.length > 0);

  const run = await untilAnalysed(next);

  expect(run.state).toBe('succeeded');
  await expectOneOfEach(world, next, run);
}, 60_000);
