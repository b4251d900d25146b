import type { AgentRun } from '../domain/agents/agent-run.ts';
import type { AgentStatus } from '../domain/agents/agent-status.ts';
import type { BudgetUse } from '../domain/agents/budget/budget-decision.ts';
import { categoryNames } from '../domain/category-names.ts';
import { oneLineText, plainText } from '../domain/plain-text.ts';
import type { AgentLogEntry } from '../ports/agent-provider.ts';
import { commandText } from './command-text.ts';
import { formatTime } from './run-text.ts';

/** As much of an id as lists show; commands take it for the whole. */
export function shortAgentRunId(id: string): string {
  return oneLineText(id.slice(0, 8));
}

/** `code quality of lib, acme/shop` */
export function agentSubject({
  analysis,
  component,
  repository,
}: Pick<AgentRun, 'analysis' | 'component' | 'repository'>): string {
  return oneLineText(`${categoryNames[analysis]} of ${component}, ${repository}`);
}

/** `timed out` */
export function formatAgentState({ state }: Pick<AgentRun, 'state'>): string {
  return state.replace('-', ' ');
}

/**
 * What its answer has given, and why it has not succeeded: `3 findings, 1 left out: no such place`. Empty where
 * nothing is known (yet).
 */
export function formatCameOf({ answer, problem }: Pick<AgentRun, 'answer' | 'problem'>): string {
  const words = [answer === undefined ? '' : formatAnswer(answer), problem ?? ''];
  return words.filter((word) => word !== '').join(' — ');
}

function formatAnswer({ dropped, findings, kind }: NonNullable<AgentRun['answer']>): string {
  if (kind === 'unusable') return 'the answer is of no use';
  if (kind === 'declined') return 'it has declined';
  const found = findings === 1 ? '1 finding' : `${findings === 0 ? 'no' : findings} findings`;
  return dropped === 0 ? found : `${found}, ${dropped} left out: no such place`;
}

/** Who is asked, or why nobody is, in a few words. */
export function formatAgentStatus(status: AgentStatus): string {
  if (status.kind === 'off') return 'off';
  if (status.kind === 'ready') return status.provider;
  return status.kind === 'not-set-up'
    ? `${status.provider}, not configured`
    : `${status.provider}, not here`;
}

/**
 * What a person has to do so that agents are asked, as a sentence; null where they are.
 * @param stack that is meant; undefined for this machine
 */
export function agentAdvice(status: AgentStatus, stack: string | undefined): string | null {
  if (status.kind === 'ready') return null;
  if (status.kind === 'off') {
    return "No agent is wanted: agents.provider is 'none' in cicd.config.ts.";
  }
  if (status.kind === 'not-here') {
    return `${status.provider} runs on the local host only: set agents.provider to 'codegen' or 'cursor'.`;
  }
  const names = status.missing.join(' and ');
  return stack === undefined
    ? `Set ${names} in .env.`
    : `Set ${names}: ${commandText('secrets set NAME', stack)}`;
}

const limitTitles: Record<BudgetUse['limit'], string> = {
  concurrent: 'agent runs at the same time',
  'repository-concurrent': 'agent runs at the same time',
  minute: 'starts within a minute',
  day: 'starts within 24 hours',
  'repository-day': 'starts within 24 hours',
  cause: 'starts for one cause',
  paused: 'starts while paused',
};

/** `starts within 24 hours, acme/shop` */
export function budgetTitle({ limit, repository }: BudgetUse): string {
  const title = limitTitles[limit];
  return repository === null ? title : oneLineText(`${title}, ${repository}`);
}

/** What is left to be used; none where more is used than a new configuration allows. */
export function budgetLeft({ allowed, used }: BudgetUse): number {
  return Math.max(0, allowed - used);
}

/**
 * One thing that an agent did, on one line or, where it has more to say, on several: all but the first are indented,
 * so that none of them passes for an entry of its own.
 */
export function formatAgentLogEntry({ at, kind, text }: AgentLogEntry): string {
  const [first = '', ...others] = text.trim().split(/\r?\n/).map(plainText);
  const when = at === null ? '' : `${formatTime(at)} `;
  return [
    `${when}${oneLineText(kind)}: ${first}`,
    ...others.map((line) => `    ${line}`.trimEnd()),
  ].join('\n');
}
