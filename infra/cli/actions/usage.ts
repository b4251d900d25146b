import {
  agentAdvice,
  budgetLeft,
  budgetTitle,
  formatAgentStatus,
} from '../../../lib/dashboard/agent-text.ts';
import { formatTime } from '../../../lib/dashboard/run-text.ts';
import { formatCount, usageByDay } from '../../../lib/dashboard/usage-text.ts';
import type { AgentStatus } from '../../../lib/domain/agents/agent-status.ts';
import type { BudgetUse } from '../../../lib/domain/agents/budget/budget-decision.ts';
import type { Usage } from '../../../lib/domain/usage.ts';
import { openReader } from '../desks/open-reader.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings } from '../settings.ts';
import { formatColumns, print, printJson } from '../output.ts';

export interface UsageOptions extends CommonOptions {
  days: number;
  json?: boolean;
}

export async function show(options: UsageOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  const { agents } = open;
  try {
    const [status, budgets, usage] = await Promise.all([
      agents.status(),
      agents.budgets(),
      agents.usage(options.days),
    ]);
    if (options.json === true) return await printJson({ status, budgets, ...usage });
    const parts = [
      formatWho(status, options.stack),
      formatDays(usage),
      formatBudgets(budgets),
      formatQuotas(usage),
    ];
    await print(parts.filter((part) => part !== '').join('\n\n'));
  } finally {
    await open.close();
  }
}

function formatWho(status: AgentStatus, stack: string | undefined): string {
  const advice = agentAdvice(status, stack);
  return `Agents: ${formatAgentStatus(status)}${advice === null ? '' : `. ${advice}`}`;
}

function formatDays(usage: Usage): string {
  const { head, rows } = usageByDay(usage);
  return formatColumns([head.map((title) => title.toUpperCase()), ...rows]);
}

function formatBudgets(budgets: readonly BudgetUse[]): string {
  if (budgets.length === 0) return '';
  const rows = budgets.map((use) => [
    budgetTitle(use),
    String(use.used),
    String(use.allowed),
    String(budgetLeft(use)),
  ]);
  return formatColumns([['BUDGET', 'USED', 'ALLOWED', 'LEFT'], ...rows]);
}

function formatQuotas({ quotas }: Usage): string {
  if (quotas.length === 0) return '';
  const rows = quotas.map(({ at, limit, remaining, resetAt, service }) => [
    service,
    formatCount(remaining),
    formatCount(limit),
    resetAt === null ? '' : formatTime(resetAt),
    formatTime(at),
  ]);
  const head = ['QUOTA', 'LEFT', 'OF', 'WHOLE AGAIN (UTC)', 'TOLD (UTC)'];
  return formatColumns([head, ...rows]);
}
