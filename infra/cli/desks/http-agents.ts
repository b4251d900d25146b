import { z } from 'zod';
import { agentRunSchema } from '../../../lib/domain/agents/agent-run.ts';
import { agentStatusSchema } from '../../../lib/domain/agents/agent-status.ts';
import type { BudgetUse } from '../../../lib/domain/agents/budget/budget-decision.ts';
import { usageSchema } from '../../../lib/domain/usage.ts';
import type { AgentDesk } from '../../desk/agent-desk.ts';
import { agentRunsOf } from '../../desk/find-agent-run.ts';
import { queryOf, type CallHost } from './host-client.ts';

const listSchema = z.object({ agentRuns: z.array(agentRunSchema), next: z.string().nullable() });

const logsSchema = z.object({
  entries: z.array(z.object({ at: z.string().nullable(), kind: z.string(), text: z.string() })),
  total: z.number().nullable(),
});

const stoppedSchema = z.object({
  outcome: z.enum(['ended', 'left', 'over']),
  agentRun: agentRunSchema,
});

export const agentRunStopSchema = z.union([
  stoppedSchema,
  z.object({ outcome: z.literal('goes-on'), agentRun: agentRunSchema, why: z.string() }),
]);

const statusSchema = z.object({ status: agentStatusSchema });
const budgetUseSchema = z.object({
  limit: z.enum([
    'concurrent',
    'repository-concurrent',
    'minute',
    'day',
    'repository-day',
    'cause',
    'paused',
  ]),
  repository: z.string().nullable(),
  used: z.number(),
  allowed: z.number(),
}) satisfies z.ZodType<BudgetUse>;

const budgetsSchema = z.object({ budgets: z.array(budgetUseSchema) });

/** The agents of a host that runs on this machine, over its HTTP API. */
export function createHttpAgents(call: CallHost): AgentDesk {
  const get: AgentDesk['get'] = (id) => call({ path: pathOf(id), answer: agentRunSchema });
  const list: AgentDesk['list'] = (query) =>
    call({ path: `/api/agent-runs?${queryOf({ ...query })}`, answer: listSchema });
  return {
    status: async () => (await call({ path: '/api/agents', answer: statusSchema })).status,
    list,
    listOf: (run) => agentRunsOf({ get, list }, run),
    get,
    logs: (id, query) =>
      call({ path: `${pathOf(id)}/logs?${queryOf({ ...query })}`, answer: logsSchema }),
    budgets: async () => (await call({ path: '/api/usage', answer: budgetsSchema })).budgets,
    usage: (days) => call({ path: `/api/usage?${queryOf({ days })}`, answer: usageSchema }),
    stop: (id) => call({ method: 'POST', path: `${pathOf(id)}/stop`, answer: stoppedSchema }),
  };
}

function pathOf(id: string): string {
  return `/api/agent-runs/${encodeURIComponent(id)}`;
}
