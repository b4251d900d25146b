import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import { runSelectionSchema, runStateSchema } from '../../../lib/domain/run.ts';
import { formatReport } from '../../../lib/flows/component-analysis/format/format-report.ts';
import type { RunDesk } from '../../desk/run-desk.ts';
import { answerProblem } from './errors.ts';
import { parseRequest, readJson, withoutEmpty } from './requests.ts';

const listQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  flow: z.string().optional(),
  state: runStateSchema.optional(),
  select: runSelectionSchema.optional(),
  cursor: z.string().optional(),
});

const logQuerySchema = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
});

const startBodySchema = z.strictObject({
  flow: z.string(),
  /** Default: a new name, so that every request starts a run. */
  name: z.string().optional(),
  /** A component analysis takes `{ "component": "lib" }` too. */
  input: z.unknown().optional(),
});

/** Of a component analysis. */
const inputFields: ReadonlySet<string> = new Set([
  'agents',
  'component',
  'paths',
  'repository',
  'source',
]);
const exampleBody =
  '{ "flow": "component-analysis", "input": { "component": "lib", "agents": true } }';

const maxBodyBytes = 1_000_000;

/** `/api/runs`: list, look at, start and steer runs. */
export function runsApi(desk: RunDesk): Hono {
  const api = new Hono();
  api.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (context) =>
        answerProblem(context, { status: 413, message: 'The body is larger than 1 MB.' }),
    }),
  );

  api.get('/', async (context) =>
    context.json(await desk.list(parseRequest(listQuerySchema, withoutEmpty(context.req.query())))),
  );

  api.post('/', async (context) => {
    const body = parseStart((await readJson(context.req.raw)) ?? {});
    // Nobody outside can pass for a delivery or a schedule.
    const started = await desk.start({ ...body, cause: { kind: 'cli' } });
    return context.json(started, started.created ? 201 : 200);
  });

  api.get('/:id', async (context) => context.json(await desk.getRun(context.req.param('id'))));

  api.get('/:id/logs', async (context) => {
    const { id } = await desk.getRun(context.req.param('id'));
    const lines = await desk.logs(id, parseRequest(logQuerySchema, context.req.query()));
    return context.json({ lines });
  });

  api.get('/:id/report', async (context) => {
    const report = await desk.getReport(context.req.param('id'));
    if (!prefersMarkdown(context.req.header('accept'))) return context.json(report);
    return context.text(formatReport(report), 200, {
      'Content-Type': 'text/markdown; charset=utf-8',
    });
  });

  api.post('/:id/stop', async (context) => {
    const { id } = await desk.getRun(context.req.param('id'));
    return context.json(await desk.stop(id, 'Stopped by a person'));
  });

  api.post('/:id/retry', async (context) => {
    const { id } = await desk.getRun(context.req.param('id'));
    return context.json(await desk.retry(id), 201);
  });

  return api;
}

/** Whoever names a component beside the flow is shown where it belongs. */
function parseStart(body: unknown): z.infer<typeof startBodySchema> {
  const fields = Object.keys(z.looseObject({}).safeParse(body).data ?? {});
  const misplaced = fields.filter((field) => inputFields.has(field));
  if (misplaced.length === 0) return parseRequest(startBodySchema, body);
  throw new RequestRejectedError(
    'invalid',
    `These belong into "input": ${misplaced.join(', ')}. For example ${exampleBody}`,
  );
}

function prefersMarkdown(accept = ''): boolean {
  return accept.includes('text/markdown') && !accept.includes('application/json');
}
