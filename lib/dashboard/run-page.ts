import { html } from 'hono/html';
import {
  finalRunStates,
  type Cause,
  type RunDetail,
  type RunLogLine,
  type Task,
} from '../domain/run.ts';
import type { AgentRun } from '../domain/agents/agent-run.ts';
import { agentRunsTable } from './agent-runs-table.ts';
import { layout, workReloadSeconds, type Markup } from './layout.ts';
import { formatCause, formatDuration, formatLogLine, formatTime } from './run-text.ts';

export interface RunView {
  lines: readonly RunLogLine[];
  /** That it has asked for. */
  agentRuns: readonly AgentRun[];
  /** That the page shows; undefined for this machine. */
  stack?: string | undefined;
}

/** One run: how it went, task by task, what it asked agents, and what it logged. */
export function runPage(run: RunDetail, { agentRuns, lines, stack }: RunView): Markup {
  const ended = finalRunStates.includes(run.state);
  const reloadAfter = ended ? undefined : workReloadSeconds;
  const body = html`<h1>${run.flow} <small>${run.subject}</small></h1>
    <p>
      <span class="state ${run.state}">${run.state.replace('_', ' ')}</span>
      started ${formatTime(run.startedAt)} UTC
      ${why(run.cause)}${ended ? html`, took ${formatDuration(run.startedAt, run.endedAt)}` : ''}
    </p>
    ${
      run.hasReport
        ? html`<p><a class="button" href="/runs/${run.id}/report">Read the report</a></p>`
        : ''
    }
    ${
      run.error === null
        ? ''
        : html`<p class="error"><strong>${run.error.type}</strong>: ${run.error.message}</p>`
    }
    <h2>Tasks</h2>
    ${tasks(run.tasks)}
    ${
      agentRuns.length === 0
        ? ''
        : html`<h2>Agent runs</h2>
            ${agentRunsTable(agentRuns)}`
    }
    <h2>Log</h2>
    ${log(lines)} ${run.hasReport || run.result === null ? '' : json('Result', run.result)}
    ${json('Input', run.input)}
    <p class="quiet">Run ${run.id} · ${run.name}</p>`;
  return layout({ title: `${run.flow} ${run.id.slice(0, 8)}`, stack, reloadAfter, body });
}

/** A delivery and another run have pages of their own. */
function why(cause: Cause): Markup | string {
  if (cause.kind === 'delivery') {
    const page = `/deliveries/${encodeURIComponent(cause.deliveryId)}`;
    return html`<a href="${page}">${formatCause(cause)}</a>`;
  }
  if (cause.kind === 'run') {
    return html`<a href="/runs/${cause.runId}">${formatCause(cause)}</a>`;
  }
  return formatCause(cause);
}

function json(title: string, value: unknown): Markup {
  return html`<h2>${title}</h2>
    <pre>${JSON.stringify(value, null, 2)}</pre>`;
}

function tasks(all: readonly Task[]): Markup {
  if (all.length === 0) return html`<p class="quiet">None yet.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th>Task</th>
        <th>State</th>
        <th>Attempts</th>
        <th>Started (UTC)</th>
        <th>Took</th>
        <th>Error</th>
      </tr>
    </thead>
    <tbody>
      ${all.map(
        (task) =>
          html`<tr>
            <td>${task.name}</td>
            <td><span class="state ${task.state}">${task.state.replace('_', ' ')}</span></td>
            <td>${task.attempts}</td>
            <td>${formatTime(task.startedAt)}</td>
            <td>${formatDuration(task.startedAt, task.endedAt)}</td>
            <td>${task.error?.message ?? ''}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function log(lines: readonly RunLogLine[]): Markup {
  if (lines.length === 0) return html`<p class="quiet">Nothing was logged.</p>`;
  return html`<div class="log">
    ${lines.map((line) => html`<div class="${line.level}">${formatLogLine(line)}</div>`)}
  </div>`;
}
