import { budgetTitle } from '../../../lib/dashboard/agent-text.ts';
import type { AgentStatus } from '../../../lib/domain/agents/agent-status.ts';
import type { BudgetUse } from '../../../lib/domain/agents/budget/budget-decision.ts';
import { agentRunsEach } from '../../../lib/domain/agents/budget/choose-by-room.ts';
import type { SecretPresence } from '../../../lib/ports/secret-store.ts';
import { parseSecrets } from '../../../lib/runtime/secrets.ts';
import { readAgentStatus } from '../../desk/agent-status.ts';
import type { OpenOutside } from '../desks/open-outside.ts';
import { judgeHurdles, type HurdleFacts } from './agent-hurdles.ts';
import { off, ok, orFailure, problem, warning, type CheckLine } from './check-line.ts';

const area = 'Agents';
const withoutAgents = 'reports hold what linters and parsers find';

/** What this machine is set up with. */
export interface AgentSetup extends Pick<HurdleFacts, 'config' | 'environment'> {
  /** The environment and the file of secrets together; nothing where secrets are kept elsewhere. */
  variables: Readonly<Record<string, string | undefined>>;
}

/** Whether coding agents can be asked, by whose credentials, and what would be in their way. None is started. */
export async function checkAgents(
  { agents, secrets, secretsPlace }: Pick<OpenOutside, 'agents' | 'secrets' | 'secretsPlace'>,
  { config, environment, variables }: AgentSetup,
): Promise<CheckLine[]> {
  const { agents: settings } = config;
  const place = { area, subject: settings.provider } as const;
  return orFailure(place, async () => {
    const status = await readAgentStatus(settings, { providers: agents, secrets });
    const provider = agents.current();
    if (status.kind !== 'ready' || provider === null) {
      return [judgeUnusable(status, variables) ?? judgeStatus(status, secretsPlace)];
    }
    const hasGithub = await hasGithubCredentials(secrets);
    const hurdles = judgeHurdles({ config, environment, hasGithub, provider: provider.name });
    const probed = await orFailure(place, async () => [
      ok(place, (await provider.probe()).account),
    ]);
    return [...probed, ...hurdles];
  });
}

async function hasGithubCredentials(secrets: SecretPresence): Promise<boolean> {
  if (await secrets.isSet('GITHUB_TOKEN')) return true;
  return (await secrets.isSet('GITHUB_APP_ID')) && (await secrets.isSet('GITHUB_APP_PRIVATE_KEY'));
}

/** What is set and of no use counts as not set; whoever has set it is told why. */
function judgeUnusable(
  status: AgentStatus,
  variables: AgentSetup['variables'],
): CheckLine | undefined {
  if (status.kind !== 'not-set-up') return undefined;
  const { missing, provider } = status;
  const wrong = parseSecrets(variables).problems.filter((told) =>
    missing.some((name) => told.startsWith(`${name}:`)),
  );
  if (wrong.length === 0) return undefined;
  return problem({ area, subject: provider }, wrong.join('; '), 'correct it where it is set');
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
  const isTooLow = spent.some(({ allowed }) => allowed < agentRunsEach);
  return [warning(place, detail, isTooLow ? raise : wait)];
}

const raise = `raise agents.budget: an analysis asks ${agentRunsEach} agents or none`;
const wait =
  `wait: what was refused is made up for when there is room for ${agentRunsEach} agents; ` +
  'or raise agents.budget';

/** It has no room for another analysis. The other limits have room again within minutes. */
function isSpentForToday({ allowed, limit, used }: BudgetUse): boolean {
  return (limit === 'day' || limit === 'repository-day') && allowed - used < agentRunsEach;
}
