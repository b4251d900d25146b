import { html } from 'hono/html';
import type { Delivery } from '../domain/delivery.ts';
import { plainText } from '../domain/plain-text.ts';
import { runsOf, shortDeliveryId } from './delivery-text.ts';
import { layout, waitReloadSeconds, type Markup } from './layout.ts';
import { pauseNotice, type Pause } from './pause-notice.ts';
import { formatTime } from './run-text.ts';

/** The list of deliveries, newest first. */
export function deliveriesPage(
  { deliveries, next }: { deliveries: readonly Delivery[]; next: string | null },
  { pause, stack }: { pause: Pause; stack?: string | undefined },
): Markup {
  const body = html`<h1>Deliveries</h1>
    ${pauseNotice(pause, stack)} ${deliveries.length === 0 ? noDeliveries : table(deliveries)}
    ${
      next === null
        ? ''
        : html`<p><a href="/deliveries?cursor=${encodeURIComponent(next)}">Older deliveries</a></p>`
    }`;
  const waits = deliveries.some(({ decision }) => decision === 'pending');
  const reloadAfter = waits ? waitReloadSeconds : undefined;
  return layout({ title: 'Deliveries', stack, reloadAfter, body });
}

const noDeliveries = html`<p>
  No delivery in the last 30 days. Point GitHub and Linear at <code>/webhooks/github</code> and
  <code>/webhooks/linear</code>.
</p>`;

function table(deliveries: readonly Delivery[]): Markup {
  return html`<table>
    <thead>
      <tr>
        <th>Delivery</th>
        <th>From</th>
        <th>Event</th>
        <th>Received (UTC)</th>
        <th>Decision</th>
        <th>Run or reason</th>
      </tr>
    </thead>
    <tbody>
      ${deliveries.map(row)}
    </tbody>
  </table>`;
}

function row(delivery: Delivery): Markup {
  const { decision, id, receivedAt, source, type } = delivery;
  return html`<tr>
    <td>
      <a href="/deliveries/${encodeURIComponent(id)}"><code>${shortDeliveryId(id)}</code></a>
    </td>
    <td>${source}</td>
    <td>${plainText(type)}</td>
    <td>${formatTime(receivedAt)}</td>
    <td><span class="state ${decision}">${decision}</span></td>
    <td>${outcome(delivery)}</td>
  </tr>`;
}

function outcome(delivery: Delivery): Markup {
  const runs = runsOf(delivery);
  return html`${plainText(delivery.reason ?? '')}
  ${runs.map((id) => html`<a href="/runs/${id}"><code>${id.slice(0, 8)}</code></a> `)}`;
}
