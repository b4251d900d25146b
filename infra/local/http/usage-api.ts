import { Hono } from 'hono';
import { z } from 'zod';
import type { AgentReader } from '../../desk/agent-desk.ts';
import { parseRequest, withoutEmpty } from './requests.ts';

const usageQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(35).default(7) });

/** `/api/usage`: what agents and services outside were asked, and what of the budgets is used. */
export function usageApi(desk: Pick<AgentReader, 'budgets' | 'usage'>): Hono {
  return new Hono().get('/', async (context) => {
    const { days } = parseRequest(usageQuerySchema, withoutEmpty(context.req.query()));
    const [usage, budgets] = await Promise.all([desk.usage(days), desk.budgets()]);
    return context.json({ ...usage, budgets });
  });
}
