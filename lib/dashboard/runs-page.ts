import { html } from 'hono/html';
import { finalRunStates, type RunDetail } from '../domain/run.ts';
import { layout, type Markup } from './layout.ts';
import { formatCause, formatDuration, formatSubject, formatTime } from './run-text.ts';

/** The list of runs, newest first. */
export function runsPage(runs: readonly RunDetail[], next: string | null): Markup {
  const busy = runs.some((run) => !finalRunStates.includes(run.state));
  const body = html`<h1>Runs</h1>
    ${runs.length === 0 ? noRuns : table(runs)}
    ${
      next === null
        ? ''
        : html`<p><a href="/?cursor=${encodeURIComponent(next)}">Older runs</a></p>`
    }`;
  return layout({ title: 'Runs', reload: busy, body });
}

const noRuns = html`<p>No run yet. Start one: <code>npm run cicd -- analyze NAME</code></p>`;

function table(runs: readonly RunDetail[]): Markup {
  return html`<table>
    <thead>
      <tr>
        <th>Run</th>
        <th>Flow</th>
        <th>Subject</th>
        <th>State</th>
        <th>Started (UTC)</th>
        <th>Took</th>
        <th>Why</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${runs.map(row)}
    </tbody>
  </table>`;
}

function row(run: RunDetail): Markup {
  return html`<tr>
    <td>
      <a href="/runs/${run.id}"><code>${run.id.slice(0, 8)}</code></a>
    </td>
    <td>${run.flow}</td>
    <td>${formatSubject(run)}</td>
    <td><span class="state ${run.state}">${run.state.replace('_', ' ')}</span></td>
    <td>${formatTime(run.startedAt)}</td>
    <td>${formatDuration(run.startedAt, run.endedAt)}</td>
    <td>${formatCause(run.cause)}</td>
    <td>${hasReport(run) ? html`<a href="/runs/${run.id}/report">Report</a>` : ''}</td>
  </tr>`;
}

export function hasReport(run: RunDetail): boolean {
  return typeof run.result === 'object' && run.result !== null && 'report' in run.result;
}
