import { html } from 'hono/html';
import type { DeliveryDetail } from '../domain/delivery.ts';
import { plainText } from '../domain/plain-text.ts';
import { commandText } from './command-text.ts';
import { runsOf } from './delivery-text.ts';
import { layout, waitReloadSeconds, type Markup } from './layout.ts';
import { formatTime } from './run-text.ts';

/** One delivery: what came, and what was decided about it. */
export function deliveryPage(delivery: DeliveryDetail, stack?: string): Markup {
  const { attempts, decidedAt, decision, event, id, receivedAt, source, type } = delivery;
  const body = html`<h1>${plainText(type)} <small>from ${source}</small></h1>
    <p>
      Received ${formatTime(receivedAt)}
      UTC${decidedAt === null ? '' : html`, decided ${formatTime(decidedAt)} UTC`}${
        attempts > 1 ? html` at attempt ${attempts}` : ''
      }: <span class="state ${decision}">${decision}</span>
    </p>
    ${outcome(delivery)}
    <h2>Event</h2>
    <pre>${plainText(JSON.stringify(event, null, 2))}</pre>
    <p class="quiet">
      Delivery ${plainText(id)} · decide anew:
      <code>${commandText(`deliveries replay ${plainText(id)} --dry-run`, stack)}</code>
    </p>`;
  const reloadAfter = decision === 'pending' ? waitReloadSeconds : undefined;
  return layout({ title: `Delivery ${id}`, stack, reloadAfter, body });
}

function outcome(delivery: DeliveryDetail): Markup {
  const runs = runsOf(delivery);
  return html`<p>${plainText(delivery.reason ?? '')}</p>
    <p>
      ${runs.map((id) => html`<a class="button" href="/runs/${id}">Run ${id.slice(0, 8)}</a> `)}
    </p>`;
}
