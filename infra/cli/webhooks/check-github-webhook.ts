import { formatTime } from '../../../lib/dashboard/run-text.ts';
import { githubEvents } from '../../../lib/domain/dispatch/listened-events.ts';
import type {
  CodeHostAdmin,
  HostWebhook,
  LastDelivery,
  WebhookPlace,
} from '../../../lib/ports/code-host-admin.ts';
import { showAddress, type WebhookIdentity } from '../../../lib/domain/webhook-addresses.ts';
import { ok, problem, warning, type CheckLine } from '../doctor/check-line.ts';
import { describePlace } from './github-places.ts';
import {
  area,
  checkWebhooks,
  notRegistered,
  register,
  undelivered,
  type Line,
  type WebhookLines,
} from './webhook-lines.ts';

/** How the webhooks of a place on GitHub are. */
export async function checkGithubWebhook(
  admin: CodeHostAdmin,
  place: WebhookPlace,
  identity: WebhookIdentity,
): Promise<WebhookLines> {
  const line: Line = { area, subject: describePlace(place) };
  const isOfApp = place.kind === 'app' && identity.base !== undefined;
  const lines = await checkWebhooks<HostWebhook>({
    identity,
    line,
    list: () => admin.listWebhooks(place),
    judge: (hook) => judgeWebhook(admin, place, hook),
    ...(isOfApp && { judgeAbsence: (hooks) => judgeAppWithoutUs(line, hooks) }),
  });
  // An App has no second one, and where the first leads is told already.
  return isOfApp ? { ...lines, others: [] } : lines;
}

function judgeAppWithoutUs(line: Line, [first]: readonly HostWebhook[]): CheckLine {
  if (first === undefined) return problem(line, notRegistered, register);
  return problem(
    line,
    `leads to ${showAddress(first.url)}`,
    `${register} --replace, if that is meant`,
  );
}

async function judgeWebhook(
  admin: CodeHostAdmin,
  place: WebhookPlace,
  { active, contentType, events, id, url }: HostWebhook,
): Promise<CheckLine> {
  const line: Line = { area, subject: describePlace(place) };
  if (!active) return problem(line, `${url} is switched off`, register);
  if (contentType !== 'json') {
    return problem(line, `${url} sends ${contentType}, not json`, register);
  }
  const missing = githubEvents.filter((event) => !events.includes(event) && !events.includes('*'));
  if (missing.length > 0) {
    const subscribe = 'subscribe to it in the settings of the App: Permissions & events';
    const advice = place.kind === 'app' ? subscribe : register;
    return problem(line, `${url} does not send ${missing.join(', ')}`, advice);
  }
  return judgeLastDelivery(line, url, await admin.getLastDelivery(place, id));
}

function judgeLastDelivery(line: Line, url: string, delivery: LastDelivery | null): CheckLine {
  if (delivery === null) return ok(line, `${url} · nothing delivered yet`);
  const { at, code, status } = delivery;
  const last = `${url} · last delivery ${formatTime(at)} UTC: ${status}`;
  const isDelivered = code !== null && code >= 200 && code < 300;
  return isDelivered ? ok(line, last) : warning(line, last, undelivered);
}
