import { expect, test } from 'vitest';
import { answerPages } from '../../../infra/local/http/answer-pages.ts';
import { answerErrors } from '../../../infra/local/http/errors.ts';
import type { AnswerRecord } from '../../../lib/domain/answers/answer-record.ts';
import { buildAnswerRecord } from '../../builders/answer-records.ts';

async function visit(answer: AnswerRecord | undefined) {
  const app = answerPages({ get: async (key) => (key === 'known' ? answer : undefined) });
  app.onError(answerErrors({}));
  const response = await app.request('/answers/known');
  return { status: response.status, to: response.headers.get('location') };
}

test('an answer leads to the newest report that was shown', async () => {
  const answer = buildAnswerRecord({ reportRunId: 'run-1' });
  expect(await visit(answer)).toEqual({ status: 302, to: '/runs/run-1/report' });
});

test('without a report it leads to the run that owes one', async () => {
  const answer = buildAnswerRecord({ reportRunId: null });
  expect(await visit(answer)).toEqual({ status: 302, to: '/runs/run-2' });
});

test('an answer that is not known is not found', async () => {
  expect(await visit(undefined)).toEqual({ status: 404, to: null });
});
