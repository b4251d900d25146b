import type {
  CodeHostAdmin,
  HostWebhook,
  WebhookPlace,
} from '../../../lib/ports/code-host-admin.ts';
import type { TrackerAdmin, TrackerWebhook } from '../../../lib/ports/tracker-admin.ts';
import { ok, orFailure, problem, warning, type CheckLine } from '../doctor/check-line.ts';
import { githubEvents, linearResourceTypes, pointsHere } from '../../local/webhook-addresses.ts';
import { describePlace } from './github-places.ts';

const area = 'Webhooks';
const register = 'run cicd webhooks register';

/**
 * How the webhooks of a place on GitHub are.
 * @param base where senders reach the host; undefined: any webhook that could be ours counts
 */
export function checkGithubWebhook(
  admin: CodeHostAdmin,
  place: WebhookPlace,
  base: string | undefined,
): Promise<CheckLine[]> {
  const line = { area, subject: describePlace(place) } as const;
  return orFailure(line, async () => {
    const hooks = await admin.listWebhooks(place);
    const own = hooks.filter(({ url }) => pointsHere(url, { source: 'github', base }));
    if (own.length === 0) return [problem(line, 'not registered', register)];
    return own.map((hook) => judgeGithubWebhook(line, hook, place.kind === 'app'));
  });
}

function judgeGithubWebhook(
  line: { area: typeof area; subject: string },
  { active, contentType, events, lastDelivery, url }: HostWebhook,
  isApp: boolean,
): CheckLine {
  if (!active) return problem(line, `${url} is switched off`, register);
  if (contentType !== 'json')
    return problem(line, `${url} sends ${contentType}, not json`, register);
  const missing = githubEvents.filter((event) => !events.includes(event) && !events.includes('*'));
  if (!isApp && missing.length > 0) {
    return problem(line, `${url} does not send ${missing.join(', ')}`, register);
  }
  if (lastDelivery === null) return ok(line, `${url} · nothing delivered yet`);
  const { code, status } = lastDelivery;
  const last = `last delivery: ${status}${code === null ? '' : ` (${code})`}`;
  if (code === null || (code >= 200 && code < 300)) return ok(line, `${url} · ${last}`);
  return warning(
    line,
    `${url} · ${last}`,
    'is the tunnel up, and the secret the same? cicd deliveries ls',
  );
}

/** How the workspace's webhooks are. @param base see above */
export function checkLinearWebhook(
  admin: TrackerAdmin,
  base: string | undefined,
): Promise<CheckLine[]> {
  const line = { area, subject: 'Linear' } as const;
  return orFailure(line, async () => {
    const own = (await admin.listWebhooks()).filter(({ url }) =>
      pointsHere(url, { source: 'linear', base }),
    );
    if (own.length === 0) return [problem(line, 'not registered', register)];
    return own.map((hook) => judgeLinearWebhook(line, hook));
  });
}

function judgeLinearWebhook(
  line: { area: typeof area; subject: string },
  { enabled, failures, resourceTypes, url }: TrackerWebhook,
): CheckLine {
  if (!enabled) return problem(line, `${url} is switched off`, register);
  const missing = linearResourceTypes.filter((type) => !resourceTypes.includes(type));
  if (missing.length > 0)
    return problem(line, `${url} does not send ${missing.join(', ')}`, register);
  const [last] = failures;
  if (last === undefined) return ok(line, `${url} · no failures`);
  const status = last.httpStatus === null ? 'no answer' : String(last.httpStatus);
  const detail = `${url} · ${failures.length} not delivered, last ${last.at.slice(0, 16)} (${status})`;
  return warning(
    line,
    detail,
    'is the tunnel up, and the secret the same? Each tick looks for what was missed',
  );
}
