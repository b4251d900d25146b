import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, onTestFinished, test } from 'vitest';
import { join } from 'node:path';
import { createRuleSchedules } from '../../../lib/adapters/aws/schedules/rule-schedules.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { createAgentPause } from '../../../lib/flows/agent-pause.ts';
import { createStoredSchedules } from '../../../lib/flows/schedules/stored-schedules.ts';
import { startedAws } from '../../support/aws/started-aws.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const tidy = { name: 'tidy', flow: 'tidy', everyMinutes: 5, startsAgents: false };

async function openSchedules() {
  const server = await startedAws();
  const rules = server.events.rules;
  rules.put({ Name: 'rule-of-tidy', ScheduleExpression: 'rate(5 minutes)' });
  const store = openSqliteStore(join(temporaryFolder(), 'store.db'));
  onTestFinished(async () => store.close());
  const now = Date.now;
  const stored = createStoredSchedules(
    {
      store,
      pause: createAgentPause(store, now),
      now,
      runs: {
        get: async () => undefined,
        list: async () => ({ runs: [], next: null }),
        start: async ({ flow }) => ({ runId: `run-of-${flow}`, created: true }),
      },
    },
    [tidy],
  );
  const eventBridge = new EventBridgeClient(server.clientSettings);
  const schedules = createRuleSchedules({
    eventBridge,
    rules: { tidy: 'rule-of-tidy' },
    schedules: stored,
  });
  const ruleState = () => rules.describe({ Name: 'rule-of-tidy' }).State;
  return { rules, ruleState, schedules, server, stored };
}

test('a pause disables the rule, its end enables it again', async () => {
  const { ruleState, schedules } = await openSchedules();
  expect(await schedules.pause('tidy')).toMatchObject({ paused: true });
  expect(ruleState()).toBe('DISABLED');
  expect(await schedules.list()).toMatchObject([{ name: 'tidy', paused: true }]);
  expect(await schedules.resume('tidy')).toMatchObject({ paused: false });
  expect(ruleState()).toBe('ENABLED');
});

test('a rule that was disabled by hand shows as paused', async () => {
  const { rules, schedules } = await openSchedules();
  rules.setState({ Name: 'rule-of-tidy' }, 'DISABLED');
  expect(await schedules.list()).toMatchObject([{ paused: true, nextTickAt: null }]);
  await schedules.resume('tidy');
  expect(await schedules.list()).toMatchObject([{ paused: false }]);
});

test('where the rule cannot be disabled, the pause holds all the same', async () => {
  const { schedules, server, stored } = await openSchedules();
  server.script({ service: 'events', operation: 'DisableRule', act: 'error500' });
  await expect(schedules.pause('tidy')).rejects.toMatchObject({
    service: 'eventbridge',
    retryable: true,
  });
  expect(await stored.list()).toMatchObject([{ paused: true }]);
});

test('where the rule cannot be enabled, it stays paused', async () => {
  const { schedules, server } = await openSchedules();
  await schedules.pause('tidy');
  server.script({ service: 'events', operation: 'EnableRule', act: 'throttle' });
  await expect(schedules.resume('tidy')).rejects.toMatchObject({ retryable: true });
  expect(await schedules.list()).toMatchObject([{ paused: true }]);
});

test('is started by hand, paused or not; an unknown one is refused', async () => {
  const { schedules } = await openSchedules();
  await schedules.pause('tidy');
  expect(await schedules.run('tidy')).toEqual({ runId: 'run-of-tidy' });
  for (const act of ['run', 'pause', 'resume'] as const) {
    await expect(schedules[act]('other')).rejects.toMatchObject({ reason: 'not-found' });
  }
});
