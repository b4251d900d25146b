import { Hono } from 'hono';
import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
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

/**
 * `/api/agents`: whether the system starts work by itself.
 * @param onResume works off what was held back
 */
export function pauseApi(options: { pause: AgentPause; onResume: () => Promise<void> }): Hono {
  const { onResume, pause } = options;
  const api = new Hono();

  api.get('/', async (context) => {
    const since = (await pause.get())?.since ?? null;
    return context.json({ paused: since !== null, since });
  });

  api.post('/pause', async (context) => {
    const { since } = await pause.pause();
    return context.json({ paused: true, since });
  });

  api.post('/resume', async (context) => {
    await pause.resume();
    await onResume();
    return context.json({ paused: false, since: null });
  });

  return api;
}
