import { Hono } from 'hono';
import type { Schedules } from '../../../lib/ports/schedules.ts';

/** `/api/schedules`: list and steer schedules. */
export function schedulesApi(schedules: Schedules): Hono {
  const api = new Hono();

  api.get('/', async (context) => context.json({ schedules: await schedules.list() }));

  api.post('/:name/run', async (context) =>
    context.json(await schedules.run(context.req.param('name')), 201),
  );

  api.post('/:name/pause', async (context) =>
    context.json(await schedules.pause(context.req.param('name'))),
  );

  api.post('/:name/resume', async (context) =>
    context.json(await schedules.resume(context.req.param('name'))),
  );

  return api;
}
