import { html } from 'hono/html';
import {
  finalRunStates,
  usualSelection,
  type RunSelection,
  type RunSummary,
} from '../domain/run.ts';
import { commandText } from './command-text.ts';
import { layout, workReloadSeconds, type Markup } from './layout.ts';
import { pauseNotice, type Pause } from './pause-notice.ts';
import { formatCause, formatDuration, formatTime } from './run-text.ts';

/** Which runs the page is about. */
export interface RunsFilter {
  select: RunSelection;
  flow: string | undefined;
}

export interface RunsView {
  filter: RunsFilter;
  /** Names of all flows, to choose from. */
  flows: readonly string[];
  pause: Pause;
  /** That the page shows; undefined for this machine. */
  stack?: string | undefined;
}

/** The list of runs, newest first. */
export function runsPage(
  { next, runs }: { runs: readonly RunSummary[]; next: string | null },
  { filter, flows, pause, stack }: RunsView,
): Markup {
  const busy = runs.some((run) => !finalRunStates.includes(run.state));
  const older = addressOf(filter, next);
  const body = html`<h1>Runs</h1>
    ${pauseNotice(pause, stack)} ${choices(filter, flows)}
    ${runs.length === 0 ? noRuns(filter, stack) : table(runs)}
    ${next === null ? '' : html`<p><a href="${older}">Older runs</a></p>`}`;
  return layout({ title: 'Runs', stack, reloadAfter: busy ? workReloadSeconds : undefined, body });
}

function addressOf({ flow, select }: RunsFilter, cursor: string | null = null): string {
  const query = new URLSearchParams({
    ...(select === usualSelection(flow) ? {} : { select }),
    ...(flow === undefined ? {} : { flow }),
    ...(cursor === null ? {} : { cursor }),
  });
  return query.size === 0 ? '/' : `/?${query.toString()}`;
}

function choices(shown: RunsFilter, flows: readonly string[]): Markup {
  const offered: { label: string; filter: RunsFilter }[] = [
    { label: 'Without routine', filter: { select: 'without-routine', flow: undefined } },
    { label: 'All', filter: { select: 'all', flow: undefined } },
    ...flows.map((flow) => ({ label: flow, filter: { select: 'all' as const, flow } })),
    { label: 'What needs attention', filter: { select: 'attention', flow: undefined } },
  ];
  return html`<nav class="choices" aria-label="Runs to show">
    ${offered.map(({ filter, label }) => {
      const current = filter.select === shown.select && filter.flow === shown.flow;
      return html`<a href="${addressOf(filter)}" ${current ? html`aria-current="page"` : ''}>
        ${label}
      </a> `;
    })}
  </nav>`;
}

function noRuns({ flow, select }: RunsFilter, stack: string | undefined): Markup {
  if (select === 'attention') return html`<p>Nothing needs attention.</p>`;
  const of = flow === undefined ? '' : html` of <code>${flow}</code>`;
  return html`<p>
    No run${of} yet. Analyse a component: <code>${commandText('analyze NAME', stack)}</code>
  </p>`;
}

function table(runs: readonly RunSummary[]): Markup {
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

function row(run: RunSummary): Markup {
  return html`<tr>
    <td>
      <a href="/runs/${run.id}"><code>${run.id.slice(0, 8)}</code></a>
    </td>
    <td>${run.flow}</td>
    <td>${run.subject}</td>
    <td><span class="state ${run.state}">${run.state.replace('_', ' ')}</span></td>
    <td class="figure">${formatTime(run.startedAt)}</td>
    <td class="figure">${formatDuration(run.startedAt, run.endedAt)}</td>
    <td>${formatCause(run.cause)}</td>
    <td>${run.hasReport ? html`<a href="/runs/${run.id}/report">Report</a>` : ''}</td>
  </tr>`;
}
