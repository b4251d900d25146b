import { html } from 'hono/html';
import { commandText } from './command-text.ts';
import type { Markup } from './layout.ts';
import { formatTime } from './run-text.ts';

/** Null while nothing is paused. `since`: ISO 8601 UTC. */
export type Pause = { since: string } | null;

/** Stands on every list: a pause outlives restarts, and whoever wonders why nothing happens looks there. */
export function pauseNotice(pause: Pause, stack: string | undefined): Markup | '' {
  if (pause === null) return '';
  return html`<p class="notice">
    Paused: no coding agent is started, and nothing by deliveries or autonomous-cicd since
    ${formatTime(pause.since)} UTC. End it: <code>${commandText('resume', stack)}</code>
  </p>`;
}
