import { expect, test } from 'vitest';
import { createDynamodbClient } from '../../../lib/adapters/aws/dynamodb/client.ts';
import { createDynamodbStore } from '../../../lib/adapters/aws/dynamodb/store.ts';
import { createRunRecords } from '../../../lib/adapters/aws/durable/run-records.ts';
import { githubDelivery, linearDelivery } from '../../support/signed-delivery.ts';
import { openDesk } from './stack-desk.ts';
import { expectClean, send, startStoryStack, useStory, type StoryStack } from './story-stack.ts';
import { untilFound } from './until-found.ts';

useStory();

/** Makes a run look as if it had begun so long ago: nobody waits for that in a test. */
async function backdate({ aws, outputs }: StoryStack, runId: string, minutes: number) {
  const client = createDynamodbClient(aws.clientSettings);
  const store = createDynamodbStore({ client, table: outputs.Table });
  const startedAt = new Date(Date.now() - minutes * 60_000).toISOString();
  await createRunRecords(store, 14).change(runId, (run) => {
    if (run === undefined) throw new Error(`There is no record of ${runId}`);
    return { ...run, startedAt };
  });
}

/** `FUNCTION RIGHT`, for what this story may do without, and why it is there all the same. */
const unusedFor: readonly (readonly [right: RegExp, reason: string])[] = [
  [/ dynamodb:/, 'the store is given as a whole, to be read or to be read and written'],
  [/ s3:ListBucket$/, 'nobody lists: with it a missing key is answered by 404 instead of 403'],
  [/ lambda:GetDurableExecutionState$/, 'only a history too long for one event is asked for'],
  [/^autonomous-cicd s3:/, 'only an answer that was owed needs the report of an earlier run'],
  [/^(run-recorder|scheduler) sqs:SendMessage$/, 'as for the dispatcher, whose event fails here'],
  [/^run-recorder lambda:GetDurable/, 'only an end that was told without its result is asked for'],
  [/^(agent-session|scheduler|system-health) logs:/, 'what goes well is no line of a log'],
  [/ secretsmanager:GetSecretValue github-token$/, 'an App has precedence, and here is one'],
  [
    /^scheduler lambda:GetDurableExecution(History)?$/,
    'only a run that is listed as going on when the next is due is looked at: see schedules.test.ts',
  ],
];

test('a run that hangs is stopped and starts again, and no right of a function is left over', async () => {
  const stack = await startStoryStack({ agents: true });
  const { aws, codegen, github, linear } = stack;
  const desk = openDesk(stack);
  // The run gets no answer to the first thing that it wants to have kept.
  aws.script({ service: 'lambda', operation: 'CheckpointDurableExecution', act: 'hang' });

  const label = linear.act.label('ENG-1', 'component-analysis');
  await send(stack, 'linear', linearDelivery(label));
  await untilFound(stack, 'hanging run', async () =>
    aws.calls.some(({ operation }) => operation === 'CheckpointDurableExecution'),
  );
  const [hanging] = await untilFound(stack, 'running run', async () => {
    const runs = await desk.list('component-analysis');
    return runs[0]?.state === 'running' && runs;
  });
  await backdate(stack, hanging?.id ?? '', 31);
  // And another delivery has not come.
  linear.act.createIssue({ title: 'Look at billing' });
  linear.act.label('ENG-2', 'component-analysis');
  stack.tick('autonomous-cicd');
  const runs = await desk.untilEnded('component-analysis', 3);

  expect(runs).toContainEqual(
    expect.objectContaining({
      state: 'succeeded',
      cause: { kind: 'run', runId: hanging?.id },
    }),
  );
  expect(runs.at(-1)).toMatchObject({ state: 'stopped', error: { type: 'Hanging' } });

  const payload = await github.push('acme/shop', { files: { 'orders/a.py': 'a = 1\n' } });
  await send(stack, 'github', githubDelivery(payload, { event: 'push' }));

  // Somebody calls the app, and stops it while agents are at work.
  codegen.behave(() => ({ never: true }));
  const asked = codegen.agentRuns.length;
  linear.act.createIssue({ title: 'Look at billing' });
  const session = linear.act.callApp({ issue: 'ENG-3' });
  await send(stack, 'linear', linearDelivery(session.payload));
  await untilFound(stack, 'agents at work', async () => codegen.agentRuns.length >= asked + 3);
  const { payload: stop } = linear.act.say(session.id, 'Stop', { signal: 'stop' });
  await send(stack, 'linear', linearDelivery(stop));

  // An event that nobody can read.
  stack.function('dispatcher').enqueue({ detail: { source: 'github', type: 'push' } });
  stack.tick('system-health');
  await desk.untilEnded('agent-session', 2);
  await desk.untilEnded('component-analysis', 5);
  await desk.untilEnded('system-health');
  await desk.untilEnded('autonomous-cicd');
  await stack.idle();
  const unused = Object.entries(stack.rights()).flatMap(([file, { allowed, used }]) =>
    allowed.filter((right) => !used.includes(right)).map((right) => `${file} ${right}`),
  );
  const unexplained = unused.filter((right) => !unusedFor.some(([known]) => known.test(right)));
  expect(unexplained).toEqual([]);
  expectClean(stack);
}, 90_000);
