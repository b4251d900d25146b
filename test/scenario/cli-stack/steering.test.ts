import { expect, test } from 'vitest';
import { createAgentPause } from '../../../lib/flows/agent-pause.ts';
import { deployFlow, ruleState } from './deployed-stack.ts';
import { deployProject } from './stack-project.ts';

test('a pause is kept in the store; its end has what was held back worked off at once', async () => {
  const project = await deployProject();
  deployFlow(project, 'autonomous-cicd');
  const pause = createAgentPause(project.store, Date.now);
  const paused = await project.onStack('pause');
  expect(paused.stderr).toContain('until cicd resume --stack');
  expect(await pause.get()).not.toBeNull();

  const resumed = await project.onStack('resume');
  expect(resumed).toMatchObject({ exitCode: 0 });
  expect(await pause.get()).toBeNull();
  const id = /by the run (\w{8})/.exec(resumed.stderr)?.[1];
  const { runs } = JSON.parse((await project.onStack('runs ls --all --json')).stdout);
  expect(runs).toMatchObject([{ id: expect.stringMatching(`^${id}`), flow: 'autonomous-cicd' }]);
});

test('a schedule that is paused ticks no more, since its rule is disabled', async () => {
  const project = await deployProject();
  await project.onStack('schedules pause system-health');
  expect(ruleState(project, 'system-health')).toBe('DISABLED');
  expect(ruleState(project, 'autonomous-cicd')).toBe('ENABLED');
  const { schedules } = JSON.parse((await project.onStack('schedules ls --json')).stdout);
  expect(schedules).toMatchObject([
    { name: 'autonomous-cicd', paused: false },
    { name: 'system-health', paused: true },
  ]);
  await project.onStack('schedules resume system-health');
  expect(ruleState(project, 'system-health')).toBe('ENABLED');
});

test('a run that has ended is not stopped, and can be started again', async () => {
  const project = await deployProject();
  deployFlow(project, 'system-health');
  const started = await project.onStack('schedules run system-health');
  const id = started.stdout.trim();
  const stopped = await project.onStack(`runs stop ${id.slice(0, 8)}`);
  expect(stopped.stderr).toContain('had ended already: it succeeded');
  const retried = await project.onStack(`runs retry ${id.slice(0, 8)}`);
  expect(retried.stdout.trim()).toMatch(/^[\w-]{36}$/);
  expect(retried.stdout.trim()).not.toBe(id);
});
