import { ok, refuse, type Answer, type Answers, type Asked } from './answer.ts';
import { findHook } from './hook-answers.ts';
import type { Attempt } from './webhook-attempt.ts';
import type { Hook, Webhooks } from './webhooks.ts';
import type { GithubWorld } from './world.ts';

type FindHook = (asked: Asked) => Hook | undefined;

/** GitHub forgets what it has delivered, or not. */
const memory = 3 * 24 * 3_600_000;

/** What the hooks of repositories, organisations and the App have sent. */
export function deliveryAnswers(webhooks: Webhooks, world: GithubWorld): Answers {
  const byId: FindHook = (asked) => findHook(webhooks, asked);
  const ofApp: FindHook = () => webhooks.hooks.find(({ place }) => place.kind === 'app');
  return {
    'repos/list-webhook-deliveries': listDeliveries(byId, world),
    'repos/get-webhook-delivery': getDelivery(byId, world),
    'repos/redeliver-webhook-delivery': redeliver(byId, world, webhooks),
    'orgs/list-webhook-deliveries': listDeliveries(byId, world),
    'orgs/get-webhook-delivery': getDelivery(byId, world),
    'orgs/redeliver-webhook-delivery': redeliver(byId, world, webhooks),
    'apps/list-webhook-deliveries': listDeliveries(ofApp, world),
    'apps/get-webhook-delivery': getDelivery(ofApp, world),
    'apps/redeliver-webhook-delivery': redeliver(ofApp, world, webhooks),
  };
}

/** Newest first. */
function remembered({ attempts }: Hook, { now }: GithubWorld): Attempt[] {
  const since = now() - memory;
  return attempts.filter(({ deliveredAt }) => Date.parse(deliveredAt) >= since).toReversed();
}

function listDeliveries(find: FindHook, world: GithubWorld): Answer {
  return (asked) => {
    const hook = find(asked);
    if (hook === undefined) return refuse(404, 'Not Found');
    const { apiUrl, path, query } = asked;
    const size = Number(query.get('per_page') ?? 30);
    const cursor = query.get('cursor');
    if (cursor !== null && !/^v1_\d+$/.test(cursor)) return refuse(422, 'Invalid cursor');
    const from = cursor === null ? null : BigInt(cursor.slice('v1_'.length));
    const found = remembered(hook, world)
      .filter((attempt) => matchesStatus(attempt, query.get('status')))
      .filter(({ id }) => from === null || id <= from);
    const next = found[size];
    const link = new URLSearchParams(query);
    link.set('cursor', `v1_${next?.id}`);
    const headers = { link: `<${apiUrl}${path}?${link.toString()}>; rel="next"` };
    return ok(found.slice(0, size).map(shapeItem), next === undefined ? {} : headers);
  };
}

/** What nobody answered (0) is neither. */
function matchesStatus({ statusCode }: Attempt, wanted: string | null): boolean {
  if (wanted === null) return true;
  const [from, to] = wanted === 'success' ? [200, 399] : [400, 599];
  return statusCode >= from && statusCode <= to;
}

function findDelivery(hook: Hook | undefined, asked: Asked, world: GithubWorld) {
  const attempts = hook === undefined ? [] : remembered(hook, world);
  return attempts.find(({ id }) => String(id) === asked.params['delivery_id']);
}

function getDelivery(find: FindHook, world: GithubWorld): Answer {
  return (asked) => {
    const hook = find(asked);
    const attempt = findDelivery(hook, asked, world);
    if (hook === undefined || attempt === undefined) return refuse(404, 'Not Found');
    const { request, response } = attempt;
    return ok({ ...shapeItem(attempt), url: hook.url, request, response });
  };
}

/** Answers at once; the attempt is made afterwards. */
function redeliver(find: FindHook, world: GithubWorld, webhooks: Webhooks): Answer {
  return (asked) => {
    const hook = find(asked);
    const attempt = findDelivery(hook, asked, world);
    if (hook === undefined || attempt === undefined) return refuse(404, 'Not Found');
    webhooks.redeliver(hook, attempt);
    return { status: 202, json: {} };
  };
}

function shapeItem(attempt: Attempt) {
  return {
    id: attempt.id,
    guid: attempt.guid,
    delivered_at: attempt.deliveredAt,
    redelivery: attempt.redelivery,
    duration: attempt.duration,
    status: attempt.status,
    status_code: attempt.statusCode,
    event: attempt.event,
    action: attempt.action,
    installation_id: attempt.installationId,
    repository_id: attempt.repositoryId,
    throttled_at: null,
  };
}
