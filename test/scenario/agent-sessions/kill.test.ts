import { expect, test } from 'vitest';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { listRuns, untilEachEnded } from '../../support/host-client.ts';
import { testCredentials } from '../../support/linear/access.ts';
import type { WebhookPayload } from '../../support/linear/entities.ts';
import type { RunningHost } from '../../support/start-host.ts';
import { createAgentsWorld, type AgentsWorld } from '../agents/agents-world.ts';
import { withShortPauses } from '../story/fault-runs.ts';
import { goOn, recordedTasks, standStillAfter, untilRecorded } from '../story/stand-still.ts';
import { deliver } from '../story/story-world.ts';

withShortPauses();

const flow = 'agent-session';

/** In the order in which the flow does them. */
const starting = [
  'acknowledge',
  'take the turn',
  'claim the analysis',
  'reply',
  'start the analysis',
];
/** Those before it are the same. */
const stopping = ['stop the analyses', 'reply'];

/** All runs of the flow, to their ends. */
async function untilAnswered({ url }: RunningHost): Promise<RunDetail[]> {
  const { runs } = await listRuns(url, `?flow=${flow}`);
  const ids = runs.map(({ id }) => id);
  return untilEachEnded(url, ids);
}

/** Delivers it to a host that is killed after each of the tasks in turn. */
async function killAfterEach(
  world: AgentsWorld,
  payload: WebhookPayload,
  tasks: readonly string[],
): Promise<void> {
  const { folder } = world;
  let host = await world.startHost();
  await untilAnswered(host);
  for (const [index, task] of tasks.entries()) {
    standStillAfter(folder, task);
    if (index === 0) await deliver(host, payload);
    else host = await world.startHost();
    await untilRecorded(folder, task, flow);
    await host.end('SIGKILL');
    expect((await recordedTasks(folder, flow)).at(-1)).toBe(task);
    goOn(folder);
  }
}

test('killed after every task in turn, a session has one word, one analysis, one answer and one stop', async () => {
  const { clientId, clientSecret } = testCredentials;
  const world = await createAgentsWorld({
    environment: { LINEAR_CLIENT_ID: clientId, LINEAR_CLIENT_SECRET: clientSecret },
  });
  const { codegen, linear } = world;
  // What is under way stays so until it is stopped.
  codegen.behave(() => ({ never: true }));
  const { id, payload } = linear.act.callApp({ issue: 'ENG-2', comment: 'look at orders' });

  await killAfterEach(world, payload, starting);
  const said = linear.act.say(id, '', { signal: 'stop' });
  await killAfterEach(world, said.payload, stopping);

  const last = await world.startHost();
  const answers = await untilAnswered(last);
  expect(answers.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  const { runs: analyses } = await listRuns(last.url, '?flow=component-analysis');
  expect(analyses.map(({ state }) => state)).toEqual(['stopped']);
  expect(linear.session(id).activities).toEqual([
    expect.stringMatching(/^thought: Looking for the component/),
    'action: Analysing orders',
    expect.stringMatching(/^prompt: /),
    expect.stringMatching(/^response: Stopped\. There will be no report on `orders`/),
  ]);
  expect([...linear.violations, ...linear.duplicates]).toEqual([]);
}, 60_000);
