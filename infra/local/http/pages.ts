import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { z } from 'zod';
import { finalRunStates, runSelectionSchema, usualSelection } from '../../../lib/domain/run.ts';
import { formatReport } from '../../../lib/flows/component-analysis/format/format-report.ts';
import { flowNames } from '../../../lib/domain/flow-names.ts';
import { runPage } from '../../../lib/dashboard/run-page.ts';
import { runsPage } from '../../../lib/dashboard/runs-page.ts';
import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import { localFlows } from '../flows.ts';
import type { AgentReader } from '../../desk/agent-desk.ts';
import type { RunReader } from '../../desk/run-reader.ts';

const runsShown = 50;
const linesShown = 500;
const flows = localFlows.map(({ name }) => name);

/** What an altered address asks for in vain is as if it were not asked for. */
const pageQuerySchema = z.object({
  select: runSelectionSchema.optional().catch(undefined),
  flow: z.string().optional(),
  cursor: z.string().optional(),
});

const style = readFileSync(new URL('../../../lib/dashboard/style.css', import.meta.url), 'utf8');

/** The pages for people: runs, one run, its report. */
export function pages({
  agents,
  pause,
  runs: desk,
  stack,
}: {
  agents: Pick<AgentReader, 'listOf'>;
  runs: RunReader;
  pause: Pick<AgentPause, 'get'>;
  stack?: string | undefined;
}): Hono {
  const app = new Hono();

  app.get('/style.css', (context) =>
    context.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  );

  app.get('/', async (context) => {
    const { cursor, flow, select } = pageQuerySchema.parse(context.req.query());
    const filter = { flow, select: select ?? usualSelection(flow) };
    const listing = await desk.list({ ...filter, cursor, limit: runsShown });
    return context.html(runsPage(listing, { filter, flows, pause: await pause.get(), stack }));
  });

  app.get('/runs/:id', async (context) => {
    const run = await desk.getRun(context.req.param('id'));
    const lines = await desk.logs(run.id, { limit: linesShown });
    const agentRuns = run.flow === flowNames.componentAnalysis ? await agents.listOf(run) : [];
    return context.html(runPage(run, { agentRuns, lines, stack }));
  });

  app.get('/runs/:id/report', async (context) => {
    const run = await desk.getRun(context.req.param('id'));
    if (!finalRunStates.includes(run.state)) return context.redirect(`/runs/${run.id}`);
    const report = await desk.getReport(run.id);
    // Only whoever looks at a report waits for what renders it.
    const { reportPage } = await import('../../../lib/dashboard/report-page.ts');
    return context.html(await reportPage(report, formatReport(report), stack));
  });

  return app;
}
