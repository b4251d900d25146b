import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { DeliveryDesk } from '../../desk/delivery-desk.ts';
import { answerProblem } from './errors.ts';
import { parseRequest, readJson, withoutEmpty } from './requests.ts';

const listQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().optional(),
});

const replayBodySchema = z.strictObject({ dryRun: z.boolean().default(false) }).prefault({});

const maxBodyBytes = 1_000;

/** `/api/deliveries`: list, look at and replay deliveries. */
export function deliveriesApi(desk: DeliveryDesk): Hono {
  const api = new Hono();
  api.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (context) =>
        answerProblem(context, { status: 413, message: 'The body is larger than 1 KB.' }),
    }),
  );

  api.get('/', async (context) => {
    const query = parseRequest(listQuerySchema, withoutEmpty(context.req.query()));
    return context.json(await desk.list(query));
  });

  api.get('/:id', async (context) => context.json(await desk.get(context.req.param('id'))));

  api.post('/:id/replay', async (context) => {
    const { dryRun } = parseRequest(replayBodySchema, await readJson(context.req.raw));
    const id = context.req.param('id');
    return context.json(await (dryRun ? desk.preview(id) : desk.replay(id)));
  });

  return api;
}
