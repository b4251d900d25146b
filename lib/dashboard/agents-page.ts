import { html } from 'hono/html';
import { isFinalAgentRunState, type AgentRun } from '../domain/agents/agent-run.ts';
import type { AgentStatus } from '../domain/agents/agent-status.ts';
import type { BudgetUse } from '../domain/agents/budget/budget-decision.ts';
import type { Usage } from '../domain/usage.ts';
import { agentRunsTable } from './agent-runs-table.ts';
import { agentAdvice, budgetLeft, budgetTitle, formatAgentStatus } from './agent-text.ts';
import { commandText } from './command-text.ts';
import { layout, waitReloadSeconds, type Markup } from './layout.ts';
import { pauseNotice, type Pause } from './pause-notice.ts';
import { usageByDay } from './usage-text.ts';

export interface AgentsView {
  status: AgentStatus;
  agentRuns: readonly AgentRun[];
  /** Where older ones are; null where there are none. */
  next: string | null;
  budgets: readonly BudgetUse[];
  usage: Usage;
  pause: Pause;
  /** That the page shows; undefined for this machine. */
  stack?: string | undefined;
}

/** Coding agents: what they were asked, and what that may cost. */
export function agentsPage(view: AgentsView): Markup {
  const { agentRuns, budgets, next, pause, stack, status, usage } = view;
  const busy = agentRuns.some(({ state }) => !isFinalAgentRunState(state));
  const body = html`<h1>Agents <small>${formatAgentStatus(status)}</small></h1>
    ${pauseNotice(pause, stack)} ${advice(status, stack)}
    ${agentRuns.length === 0 ? noAgentRuns(status, stack) : agentRunsTable(agentRuns)}
    ${
      next === null
        ? ''
        : html`<p><a href="/agents?cursor=${encodeURIComponent(next)}">Older agent runs</a></p>`
    }
    ${agentRuns.length === 0 ? '' : steering(stack)} ${budgetsTable(budgets)} ${usageTable(usage)}`;
  return layout({
    title: 'Agents',
    stack,
    reloadAfter: busy ? waitReloadSeconds : undefined,
    body,
  });
}

function advice(status: AgentStatus, stack: string | undefined): Markup | '' {
  const text = agentAdvice(status, stack);
  return text === null ? '' : html`<p class="notice">${text}</p>`;
}

function noAgentRuns(status: AgentStatus, stack: string | undefined): Markup {
  if (status.kind !== 'ready') return html`<p>No agent runs.</p>`;
  return html`<p>
    No agent runs yet. Give an issue in Linear the label that asks for an analysis, or:
    <code>${commandText('analyze NAME --agents', stack)}</code>
  </p>`;
}

function steering(stack: string | undefined): Markup {
  return html`<p>
    Look at one, or end it: <code>${commandText('agents show|logs|stop ID', stack)}</code>
  </p>`;
}

function budgetsTable(budgets: readonly BudgetUse[]): Markup | '' {
  if (budgets.length === 0) return '';
  return html`<h2>Budgets</h2>
    ${table(
      ['Of', 'Used', 'Allowed', 'Left'],
      budgets.map((use) => [
        budgetTitle(use),
        String(use.used),
        String(use.allowed),
        String(budgetLeft(use)),
      ]),
    )}`;
}

function usageTable(usage: Usage): Markup {
  const { head, rows } = usageByDay(usage);
  return html`<h2>Usage of the week</h2>
    ${table(head, rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Markup {
  return html`<table>
    <thead>
      <tr>
        ${head.map((title) => html`<th>${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell) => html`<td class="figure">${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
