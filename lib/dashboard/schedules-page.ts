import { html } from 'hono/html';
import type { ScheduleView } from '../domain/schedule.ts';
import { layout, type Markup } from './layout.ts';
import { formatTime } from './run-text.ts';
import { formatScheduleState } from './schedule-text.ts';

/**
 * What runs at intervals, and whether all that starts by itself is paused.
 * @param pause null while it is not
 */
export function schedulesPage(
  schedules: readonly ScheduleView[],
  pause: { since: string } | null,
): Markup {
  const body = html`<h1>Schedules</h1>
    ${pause === null ? '' : pauseNotice(pause.since)}
    ${schedules.length === 0 ? noSchedules : table(schedules)}
    <p>
      Start, pause or resume one:
      <code>npm run cicd -- schedules run|pause|resume NAME</code>
    </p>`;
  return layout({ title: 'Schedules', body });
}

const noSchedules = html`<p>The configuration enables no schedule.</p>`;

function pauseNotice(since: string): Markup {
  return html`<p>
    Nothing is started by deliveries or autonomous-cicd since ${formatTime(since)} UTC. End it:
    <code>npm run cicd -- resume</code>
  </p>`;
}

function table(schedules: readonly ScheduleView[]): Markup {
  return html`<table>
    <thead>
      <tr>
        <th>Schedule</th>
        <th>Every</th>
        <th>State</th>
        <th>Last tick (UTC)</th>
        <th>Its run</th>
        <th>Next tick (UTC)</th>
        <th>Left out</th>
      </tr>
    </thead>
    <tbody>
      ${schedules.map(row)}
    </tbody>
  </table>`;
}

function row(schedule: ScheduleView): Markup {
  const { everyMinutes, lastRunId, lastTickAt, name, nextTickAt, skipped } = schedule;
  return html`<tr>
    <td>${name}</td>
    <td>${everyMinutes} min</td>
    <td>${formatScheduleState(schedule)}</td>
    <td>${lastTickAt === null ? '' : formatTime(lastTickAt)}</td>
    <td>
      ${
        lastRunId === null
          ? ''
          : html`<a href="/runs/${lastRunId}"><code>${lastRunId.slice(0, 8)}</code></a>`
      }
    </td>
    <td>${nextTickAt === null ? '' : formatTime(nextTickAt)}</td>
    <td>${skipped}</td>
  </tr>`;
}
