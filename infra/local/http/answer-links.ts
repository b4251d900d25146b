import { Hono } from 'hono';
import { answerProblem } from './errors.ts';

/** Names the run that is answered at a place outside; undefined when there is no such place (any more). */
export type FindAnsweringRun = (key: string) => Promise<string | undefined>;

/** Where attachments and the like lead: to the newest report shown there, whichever run it is of. */
export function answerLinks(findRun: FindAnsweringRun): Hono {
  const app = new Hono();
  app.get('/answers/:key', async (context) => {
    const runId = await findRun(context.req.param('key'));
    if (runId !== undefined) return context.redirect(`/runs/${runId}/report`);
    return answerProblem(context, 404, 'Nothing has been answered there in the last year.');
  });
  return app;
}
