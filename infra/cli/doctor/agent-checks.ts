import { budgetTitle } from '../../../lib/dashboard/agent-text.ts';
import type { AgentStatus } from '../../../lib/domain/agents/agent-status.ts';
import type { BudgetUse } from '../../../lib/domain/agents/budget/budget-decision.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { readAgentStatus } from '../../desk/agent-status.ts';
import type { OpenOutside } from '../desks/open-outside.ts';
import { off, ok, orFailure, problem, warning, type CheckLine } from './check-line.ts';

const area = 'Agents';
const withoutAgents = 'reports hold what linters and parsers find';

/** Whether coding agents can be asked, and by whose credentials. No agent run is started. */
export async function checkAgents(
  { agents, secrets, secretsPlace }: Pick<OpenOutside, 'agents' | 'secrets' | 'secretsPlace'>,
  { agents: settings }: Config,
): Promise<CheckLine[]> {
  const place = { area, subject: settings.provider } as const;
  return orFailure(place, async () => {
    const status = await readAgentStatus(settings, { providers: agents, secrets });
    const provider = agents.current();
    if (status.kind !== 'ready' || provider === null) return [judgeStatus(status, secretsPlace)];
    const { account } = await provider.probe();
    return [ok(place, account)];
  });
}

/** @param secretsPlace where a person sets secrets */
export function judgeStatus(status: AgentStatus, secretsPlace: string): CheckLine {
  if (status.kind === 'off') {
    return off({ area, subject: 'none' }, `the configuration wants none: ${withoutAgents}`);
  }
  const place = { area, subject: status.provider } as const;
  if (status.kind === 'ready') return ok(place, 'configured');
  if (status.kind === 'not-here') {
    const advice = "set agents.provider to 'codegen', 'cursor' or 'none', then npx cdk deploy";
    return warning(place, `runs on the local host only: ${withoutAgents}`, advice);
  }
  const names = status.missing.join(' and ');
  // It is the default: nobody need have wanted it. Half of its secrets, or another provider, somebody has set.
  const isOnlyDefault = status.provider === 'codegen' && status.missing.length === 2;
  return isOnlyDefault
    ? off(place, `not configured (${names}): ${withoutAgents}`)
    : problem(place, `not set: ${names}`, `set ${names}, in ${secretsPlace}`);
}

/** What is left to be asked today; nothing where there are no agents. */
export function judgeBudgets(budgets: readonly BudgetUse[]): CheckLine[] {
  if (budgets.length === 0) return [];
  const place = { area, subject: 'budget' } as const;
  const spent = budgets.filter(isSpentForToday);
  const told = budgets.filter((use) => use.repository === null || spent.includes(use));
  const detail = told.map((use) => `${use.used} of ${use.allowed} ${budgetTitle(use)}`).join(' · ');
  if (spent.length === 0) return [ok(place, detail)];
  return [warning(place, detail, 'wait: what was refused is made up for; or raise agents.budget')];
}

/** The other limits have room again within minutes. */
function isSpentForToday({ allowed, limit, used }: BudgetUse): boolean {
  return (limit === 'day' || limit === 'repository-day') && used >= allowed;
}
