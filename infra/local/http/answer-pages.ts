import { Hono } from 'hono';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { AnswerRecords } from '../../../lib/flows/answers/answer-records.ts';

/** Where attachments lead: to the newest report that was shown at a place, else to the run that owes one. */
export function answerPages(answers: Pick<AnswerRecords, 'get'>): Hono {
  const app = new Hono();

  app.get('/answers/:key', async (context) => {
    const answer = await answers.get(context.req.param('key'));
    if (answer === undefined) {
      throw new RequestRejectedError('not-found', 'There is no answer at this address (any more).');
    }
    const { reportRunId, run } = answer;
    return context.redirect(
      reportRunId === null ? `/runs/${run.id}` : `/runs/${reportRunId}/report`,
    );
  });

  return app;
}
