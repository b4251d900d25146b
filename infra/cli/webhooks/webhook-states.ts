import { formatTime } from '../../../lib/dashboard/run-text.ts';
import { githubEvents, linearResourceTypes } from '../../../lib/domain/dispatch/listened-events.ts';
import type {
  CodeHostAdmin,
  HostWebhook,
  LastDelivery,
  WebhookPlace,
} from '../../../lib/ports/code-host-admin.ts';
import type { TrackerAdmin, TrackerWebhook } from '../../../lib/ports/tracker-admin.ts';
import { pointsHere, webhookAddress } from '../../local/webhook-addresses.ts';
import { ok, orFailure, problem, warning, type CheckLine } from '../doctor/check-line.ts';
import { describePlace } from './github-places.ts';
import { listVisible } from './hidden-webhooks.ts';
import { listOtherAddresses } from './other-addresses.ts';

const area = 'Webhooks';
const register = 'run cicd webhooks register';
const undelivered = 'are host and tunnel up, and is the secret the same? cicd deliveries ls';
const dayMs = 24 * 3_600_000;

export const notRegistered = 'not registered';

/** Who wants no webhooks need not be allowed to see them. */
function listWanted<Webhook>(
  list: () => Promise<Webhook[]>,
  base: string | undefined,
): Promise<Webhook[]> {
  return base === undefined ? listVisible(list) : list();
}

interface Line {
  area: typeof area;
  subject: string;
}

/**
 * How the webhooks of a place on GitHub are.
 * @param base where senders reach the host; undefined: any webhook that could be ours counts
 */
export function checkGithubWebhook(
  admin: CodeHostAdmin,
  place: WebhookPlace,
  base: string | undefined,
): Promise<CheckLine[]> {
  const line: Line = { area, subject: describePlace(place) };
  return orFailure(line, async () => {
    const hooks = await listWanted(() => admin.listWebhooks(place), base);
    const own = hooks.filter(({ url }) => pointsHere(url, { source: 'github', base }));
    // Those of an App cannot be removed, and registering sets it.
    const others = place.kind === 'app' || base === undefined ? [] : hooks.map(({ url }) => url);
    return [
      ...(own.length === 0
        ? [problem(line, describeAbsence(place, hooks, base), register)]
        : await Promise.all(own.map((hook) => judgeGithubWebhook(admin, place, hook)))),
      ...listOtherAddresses(others, {
        source: 'github',
        own: webhookAddress(base ?? '', 'github'),
      }).map(({ advice, url }) => warning(line, `${url} is registered, too`, advice)),
    ];
  });
}

/** An App has one webhook: where that leads elsewhere, registering will move it. */
function describeAbsence(
  { kind }: WebhookPlace,
  [first]: readonly HostWebhook[],
  base: string | undefined,
): string {
  const leadsElsewhere = kind === 'app' && base !== undefined && first !== undefined;
  return leadsElsewhere ? `leads to ${first.url}` : notRegistered;
}

async function judgeGithubWebhook(
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

/** How the workspace's webhooks are. @param setup `url` is the base above, `now` milliseconds since the epoch */
export function checkLinearWebhook(
  admin: TrackerAdmin,
  { now, url: base }: { url: string | undefined; now: number },
): Promise<CheckLine[]> {
  const line: Line = { area, subject: 'Linear' };
  return orFailure(line, async () => {
    const hooks = await listWanted(() => admin.listWebhooks(), base);
    const own = hooks.filter(({ url }) => pointsHere(url, { source: 'linear', base }));
    const others = base === undefined ? [] : hooks.map(({ url }) => url);
    return [
      ...(own.length === 0
        ? [problem(line, notRegistered, register)]
        : own.map((hook) => judgeLinearWebhook(line, hook, now))),
      ...listOtherAddresses(others, {
        source: 'linear',
        own: webhookAddress(base ?? '', 'linear'),
      }).map(({ advice, url }) => warning(line, `${url} is registered, too`, advice)),
    ];
  });
}

function judgeLinearWebhook(
  line: Line,
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
