import type { AgentOutcome, AgentPart } from '../../../domain/agents/agent-part.ts';
import type { AgentProviderName } from '../../../domain/agents/agent-run.ts';
import type { Severity } from '../../../domain/finding.ts';
import { shorten } from '../../../domain/plain-text.ts';
import { countGrave } from './format-figures.ts';
import { code, formatMessage, plural } from './markdown-text.ts';

/**
 * What every text about a report says of the agents in it. All that they have said themselves is
 * escaped.
 */

const providerNames: Readonly<Record<AgentProviderName, string>> = {
  codegen: 'Codegen',
  cursor: 'Cursor',
  command: 'Local agent',
};

const outcomeWords: Readonly<Record<Exclude<AgentOutcome, 'answered'>, string>> = {
  unusable: 'answered nothing of use',
  declined: 'declined',
  // Whose fault it is, the problem says: it may be that of the configuration.
  failed: 'gave no answer',
  'timed-out': 'did not answer in time',
  cancelled: 'was stopped',
  'not-asked': 'was not asked',
};

/** `Codegen, 12 minutes`; `Codegen gave no answer, 3 minutes — It ran out of tokens.` */
export function formatAgent(part: AgentPart): string {
  const { attempts, minutes, outcome, provider } = part;
  const words = outcome === 'answered' ? '' : ` ${outcomeWords[outcome]}`;
  const problem = formatProblem(part);
  const who = [
    `${providerNames[provider]}${words}`,
    ...(attempts > 1 ? [plural(attempts, 'attempt')] : []),
    ...(attempts === 0 ? [] : [formatMinutes(minutes)]),
  ].join(', ');
  return problem === '' ? who : `${who} — ${problem}`;
}

function formatMinutes(minutes: number): string {
  return minutes < 1 ? 'less than a minute' : plural(Math.round(minutes), 'minute');
}

const longestProblem = 600;

/**
 * Why something is missing; empty where nothing is, and where the agent gives its reason itself.
 */
function formatProblem({ outcome, problem, summary }: AgentPart): string {
  if (problem === null || (outcome === 'declined' && summary !== '')) return '';
  return formatMessage(shorten(problem, longestProblem));
}

/** Empty where none was. */
export function formatDropped({ dropped }: AgentPart): string {
  return dropped === 0 ? '' : `${plural(dropped, 'finding')} left out: no such place`;
}

type AgentFinding = AgentPart['findings'][number];

/** `**high** · path:line` */
export function formatAgentPlace({ line, path, severity }: AgentFinding): string {
  return `**${severity}** · ${code(line === null ? path : `${path}:${line}`)}`;
}

/** `agents add 1 high, 2 medium`; null where they add nothing that is to be criticised. */
export function formatAgentFigures(agents: readonly AgentPart[]): string | null {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity } of agents.flatMap(({ findings }) => findings)) counts[severity] += 1;
  const grave = countGrave(counts);
  return grave.length === 0 ? null : `agents add ${grave.join(', ')}`;
}
