import { expect, test } from 'vitest';
import { followRun, untilRunEnds } from '../../../infra/cli/follow-run.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';

const runId = '0f3c9d52-0000-4000-8000-000000000000';
const place = { pollMs: 1, lateMs: 0 };

function following(error: Error) {
  const reader = {
    getRun: async () => {
      throw error;
    },
    logs: async () => [],
  };
  return { reader, place };
}

test('who follows a run of a host that is gone learns what becomes of the run', async () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const gone = new UpstreamError('It does not answer.', {
    service: 'host',
    retryable: true,
    cause,
  });
  const told = /The run 0f3c9d52 goes on when the host starts again: npm start\./;
  await expect(followRun(following(gone), runId, () => {})).rejects.toThrow(told);
  await expect(untilRunEnds(following(gone), runId)).rejects.toThrow(told);
});

test('what a host says of itself is told as it is', async () => {
  const details = { service: 'host', status: 500, retryable: true };
  const failed = new UpstreamError('Something went wrong here.', details);
  await expect(followRun(following(failed), runId, () => {})).rejects.toBe(failed);
  await expect(untilRunEnds(following(failed), runId)).rejects.toBe(failed);
});
