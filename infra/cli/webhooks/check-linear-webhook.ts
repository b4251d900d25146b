import { formatTime } from '../../../lib/dashboard/run-text.ts';
import { linearResourceTypes } from '../../../lib/domain/dispatch/listened-events.ts';
import type { TrackerAdmin, TrackerWebhook } from '../../../lib/ports/tracker-admin.ts';
import type { WebhookIdentity } from '../../../lib/domain/webhook-addresses.ts';
import { ok, problem, warning, type CheckLine } from '../doctor/check-line.ts';
import { area, checkWebhooks, register, undelivered, type WebhookLines } from './webhook-lines.ts';

const line = { area, subject: 'Linear' } as const;
const dayMs = 24 * 3_600_000;

/** How the workspace's webhooks are. @param now milliseconds since the epoch */
export function checkLinearWebhook(
  admin: TrackerAdmin,
  identity: WebhookIdentity,
  now: number,
): Promise<WebhookLines> {
  return checkWebhooks({
    identity,
    line,
    list: () => admin.listWebhooks(),
    judge: async (webhook) => judgeWebhook(webhook, now),
  });
}

function judgeWebhook(
  { enabled, failures, resourceTypes, url }: TrackerWebhook,
  now: number,
): CheckLine {
  if (!enabled) return problem(line, `${url} is switched off`, register);
  const missing = linearResourceTypes.filter((type) => !resourceTypes.includes(type));
  if (missing.length > 0) {
    return problem(line, `${url} does not send ${missing.join(', ')}`, register);
  }
  const [last] = failures;
  if (last === undefined) return ok(line, `${url} · no failures`);
  const answer = last.httpStatus === null ? 'no answer' : `answer ${last.httpStatus}`;
  const detail = `${url} · last failure ${formatTime(last.at)} UTC: ${answer}`;
  // Linear tells of failures only, not of what went well since.
  const isRecent = now - Date.parse(last.at) < dayMs;
  return isRecent ? warning(line, detail, undelivered) : ok(line, detail);
}
