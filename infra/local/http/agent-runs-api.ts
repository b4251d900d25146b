import { Hono } from 'hono';
import { z } from 'zod';
import type { AgentDesk } from '../../desk/agent-desk.ts';
import { parseRequest, withoutEmpty } from './requests.ts';

const listQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().optional(),
  open: z.stringbool().default(false),
});

const logQuerySchema = z.object({
  skip: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(100),
});

/** `/api/agent-runs`: list, look at and stop runs at agent providers. */
export function agentRunsApi(desk: AgentDesk): Hono {
  const api = new Hono();

  api.get('/', async (context) =>
    context.json(await desk.list(parseRequest(listQuerySchema, withoutEmpty(context.req.query())))),
  );

  api.get('/:id', async (context) => context.json(await desk.get(context.req.param('id'))));

  api.get('/:id/logs', async (context) => {
    const query = parseRequest(logQuerySchema, withoutEmpty(context.req.query()));
    return context.json(await desk.logs(context.req.param('id'), query));
  });

  api.post('/:id/stop', async (context) => context.json(await desk.stop(context.req.param('id'))));

  return api;
}
