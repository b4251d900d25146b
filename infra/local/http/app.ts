import { Hono } from 'hono';
import type { RunDesk } from '../run-desk.ts';
import { answerError, answerProblem } from './errors.ts';
import { onlyLoopback, onlySameOrigin, secureHeaders } from './guards.ts';
import { pages } from './pages.ts';
import { runsApi } from './runs-api.ts';

/**
 * Everything that the host answers over HTTP.
 * @param instance tells this host from another at the same address
 */
export function createApp(desk: RunDesk, instance: string): Hono {
  const app = new Hono();
  app.onError(answerError);
  app.notFound((context) => answerProblem(context, 404, 'There is nothing at this address.'));

  app.use(onlyLoopback, onlySameOrigin, secureHeaders);
  app.get('/healthz', (context) => context.json({ status: 'ok', instance }));
  app.route('/api/runs', runsApi(desk));
  app.route('/', pages(desk));
  return app;
}
