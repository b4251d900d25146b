import { html } from 'hono/html';
import type { ScheduleView } from '../domain/schedule.ts';
import { commandText } from './command-text.ts';
import { layout, type Markup } from './layout.ts';
import { pauseNotice, type Pause } from './pause-notice.ts';
import { formatTime } from './run-text.ts';
import { formatScheduleState } from './schedule-text.ts';

/** What runs at intervals. */
export function schedulesPage(
  schedules: readonly ScheduleView[],
  { pause, stack }: { pause: Pause; stack?: string | undefined },
): Markup {
  const body = html`<h1>Schedules</h1>
    ${pauseNotice(pause, stack)} ${schedules.length === 0 ? noSchedules : table(schedules)}
    <p>
      Start, pause or resume one:
      <code>${commandText('schedules run|pause|resume NAME', stack)}</code>
    </p>`;
  return layout({ title: 'Schedules', stack, body });
}

const noSchedules = html`<p>The configuration enables no schedule.</p>`;

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
