import { Hono } from 'hono';
import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { AgentReader } from '../../desk/agent-desk.ts';

/**
 * `/api/agents`: whether agents can be asked, and whether the system starts work by itself.
 * @param onResume works off what was held back
 */
export function agentsApi(options: {
  agents: Pick<AgentReader, 'status'>;
  pause: AgentPause;
  onResume: () => Promise<void>;
}): Hono {
  const { agents, onResume, pause } = options;
  const api = new Hono();

  api.get('/', async (context) => {
    const [paused, status] = await Promise.all([pause.get(), agents.status()]);
    return context.json({ paused: paused !== null, since: paused?.since ?? null, status });
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
