import { beforeEach, expect, test } from 'vitest';
import { dispatchEvent } from '../../../../lib/flows/dispatch/run.ts';
import { setLogSink } from '../../../../lib/runtime/logging.ts';
import { buildDispatchServices } from '../../../builders/dispatch-services.ts';
import { buildIssueEvent, buildSessionEvent } from '../../../builders/events.ts';

beforeEach(() => setLogSink(() => {}));

const labelled = buildIssueEvent();
const ask = {
  issueId: labelled.linearIssue?.id ?? '',
  repository: 'acme/shop',
  component: 'orders',
  askedAt: labelled.linearIssue?.updatedAt ?? '',
};

test('a pause does not keep a session from its answer', async () => {
  const { pausedSince, runs, services } = buildDispatchServices();
  pausedSince.value = '2026-11-22T09:00:00.000Z';
  expect(await dispatchEvent(buildSessionEvent(), services)).toMatchObject({ decision: 'run' });
  expect(runs.requests).toMatchObject([{ flow: 'agent-session' }]);
});

test('a label starts nothing where the session of the issue asks for the same', async () => {
  const { runs, services } = buildDispatchServices();
  await services.asks.claim(ask, 'session', 'analysis of the session');
  expect(await dispatchEvent(labelled, services)).toMatchObject({
    decision: 'ignored',
    reason:
      'ENG-7 was created with the label component-analysis, and its agent session asks for the same',
  });
  expect(runs.requests).toEqual([]);
});

test('a label that was told again after a crash has its one run', async () => {
  const { runs, services } = buildDispatchServices();
  runs.problem = new Error('the disk is full');
  await expect(dispatchEvent(labelled, services)).rejects.toThrow('full');
  runs.problem = undefined;
  expect(await dispatchEvent(labelled, services)).toMatchObject({ decision: 'run' });
  expect(await dispatchEvent({ ...labelled, deliveryId: 'x' }, services)).toMatchObject({
    decision: 'run',
    runId: 'run-1',
  });
});

test('of a label and a session that ask at the same time one is first', async () => {
  const { runs, services } = buildDispatchServices();
  const [session, label] = await Promise.all([
    services.asks.claim(ask, 'session', 'analysis of the session'),
    dispatchEvent(labelled, services),
  ]);
  expect(session === undefined).toBe(label.decision === 'ignored');
  expect(runs.requests).toHaveLength(session === undefined ? 0 : 1);
});
