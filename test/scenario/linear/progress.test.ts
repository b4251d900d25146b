import { expect, test } from 'vitest';
import { createLinear } from '../../../lib/adapters/linear/linear.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import type { TrackerCall } from '../../../lib/ports/issue-tracker.ts';
import { hang, serverError } from '../../support/faulty-answers.ts';
import { testCredentials } from '../../support/linear/access.ts';
import { startFaultProxy } from '../../support/fault-proxy.ts';
import { linearUnderTest, nothingMore } from './linear-under-test.ts';

const progressCall: TrackerCall = { urgency: 'progress' };
const progressMs = 3_000;
/** Tests share the machine. */
const slackMs = 2_000;

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await expect(work()).rejects.toThrow(/Linear/);
  return performance.now() - start;
}

test('what shows progress is asked for once', async () => {
  const { server, tracker } = await linearUnderTest();
  server.script([{ answer: serverError() }]);
  await expect(tracker.getIssue('ENG-1', nothingMore, progressCall)).rejects.toThrow(/failed/);
  expect(server.requests).toHaveLength(1);
});

test('a Linear that is silent holds up what shows progress for three seconds', async () => {
  const { server, tracker } = await linearUnderTest({ timing: { requestMs: 20_000 } });
  server.script([{ answer: hang }]);
  const took = await millisecondsOf(() => tracker.getIssue('ENG-1', nothingMore, progressCall));
  expect(took).toBeGreaterThan(progressMs - 100);
  expect(took).toBeLessThan(progressMs + slackMs);
});

test('so does one that gives no token', async () => {
  const secrets: Partial<Record<SecretName, string>> = {
    LINEAR_CLIENT_ID: testCredentials.clientId,
    LINEAR_CLIENT_SECRET: testCredentials.clientSecret,
  };
  const { options, server } = await linearUnderTest({ secrets, timing: { requestMs: 20_000 } });
  const proxy = await startFaultProxy(Number(new URL(server.url).port));
  proxy.set({ kind: 'black-hole' });
  const { tracker } = createLinear({ ...options, apiUrl: proxy.urlOf(server.url) });
  const took = await millisecondsOf(() => tracker.getIssue('ENG-1', nothingMore, progressCall));
  expect(took).toBeLessThan(progressMs + slackMs);
});
