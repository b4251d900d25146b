import { html } from 'hono/html';
import type { AgentPullRequest, AgentRun } from '../domain/agents/agent-run.ts';
import { plainText } from '../domain/plain-text.ts';
import { webAddress } from '../domain/web-address.ts';
import { agentSubject, formatAgentState, formatCameOf, shortAgentRunId } from './agent-text.ts';
import type { Markup } from './layout.ts';
import { formatDuration, formatTime } from './run-text.ts';

/** Agent runs, in the order given. What agents and their providers say is text from outside. */
export function agentRunsTable(agentRuns: readonly AgentRun[]): Markup {
  return html`<table>
    <thead>
      <tr>
        <th>Agent run</th>
        <th>Asked for</th>
        <th>Provider</th>
        <th>State</th>
        <th>Started (UTC)</th>
        <th>Took</th>
        <th>Run</th>
        <th>What came of it</th>
      </tr>
    </thead>
    <tbody>
      ${agentRuns.map(row)}
    </tbody>
  </table>`;
}

function row(agentRun: AgentRun): Markup {
  const { attempt, endedAt, id, provider, runId, startedAt, state } = agentRun;
  return html`<tr>
    <td>${link(agentRun.url, html`<code>${shortAgentRunId(id)}</code>`)}</td>
    <td>${agentSubject(agentRun)}${attempt > 1 ? html` <small>attempt ${attempt}</small>` : ''}</td>
    <td>${provider}</td>
    <td><span class="state ${state}">${formatAgentState(agentRun)}</span></td>
    <td class="figure">${formatTime(startedAt)}</td>
    <td class="figure">${formatDuration(startedAt, endedAt)}</td>
    <td>
      <a href="/runs/${runId}"><code>${runId.slice(0, 8)}</code></a>
    </td>
    <td>
      ${plainText(formatCameOf(agentRun))} ${reportLink(agentRun)}
      ${agentRun.pullRequests.map(pullRequest)}
    </td>
  </tr>`;
}

/** While its run goes on, the page of the report leads to the run. */
function reportLink({ answer, runId }: AgentRun): Markup | '' {
  return answer === undefined ? '' : html`<a href="/runs/${runId}/report">report</a>`;
}

function pullRequest({ branch, title, url }: AgentPullRequest): Markup {
  return html`${link(url, html`${plainText(title ?? branch ?? 'pull request')}`)} `;
}

/** Addresses come from outside: one that is none of the web leads nowhere. */
function link(address: string | null, text: Markup): Markup {
  const href = webAddress(address);
  return href === null ? text : html`<a href="${href}" rel="noreferrer">${text}</a>`;
}
