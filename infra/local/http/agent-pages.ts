import { Hono } from 'hono';
import { agentsPage } from '../../../lib/dashboard/agents-page.ts';
import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { AgentReader } from '../../desk/agent-desk.ts';

const agentRunsShown = 50;
const daysShown = 7;

/** The page on coding agents. */
export function agentPages({
  agents,
  pause,
  stack,
}: {
  agents: AgentReader;
  pause: Pick<AgentPause, 'get'>;
  stack?: string | undefined;
}): Hono {
  return new Hono().get('/agents', async (context) => {
    const cursor = context.req.query('cursor');
    const [status, listing, budgets, usage, paused] = await Promise.all([
      agents.status(),
      agents.list({ limit: agentRunsShown, cursor }),
      agents.budgets(),
      agents.usage(daysShown),
      pause.get(),
    ]);
    return context.html(agentsPage({ ...listing, status, budgets, usage, pause: paused, stack }));
  });
}
