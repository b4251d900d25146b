import { isJsonObject, type JsonObject } from '../../../lib/domain/json-fields.ts';
import { ok, page, refuse, textOf, type Answer, type Answers, type Asked } from './answer.ts';
import type { Hook, HookPlace, HookSettings, Webhooks } from './webhooks.ts';
import type { GithubWorld } from './world.ts';

/** The hooks of repositories and organisations; an App's own hook is in `app-answers.ts`. */
export function hookAnswers(webhooks: Webhooks, world: GithubWorld): Answers {
  return {
    'repos/list-webhooks': listHooks(webhooks),
    'repos/create-webhook': createHook(webhooks),
    'repos/get-webhook': getHook(webhooks),
    'repos/update-webhook': updateHook(webhooks, world),
    'repos/update-webhook-config-for-repo': updateConfig(webhooks, world),
    'repos/delete-webhook': deleteHook(webhooks),
    'orgs/list-webhooks': listHooks(webhooks),
    'orgs/create-webhook': createHook(webhooks),
    'orgs/get-webhook': getHook(webhooks),
    'orgs/update-webhook': updateHook(webhooks, world),
    'orgs/update-webhook-config-for-org': updateConfig(webhooks, world),
    'orgs/delete-webhook': deleteHook(webhooks),
  };
}

function placeOf({ params }: Asked): HookPlace {
  const { org, owner, repo } = params;
  if (org !== undefined) return { kind: 'organisation', organisation: org };
  return { kind: 'repository', repository: `${owner}/${repo}` };
}

function isAt({ place }: Hook, wanted: HookPlace): boolean {
  return JSON.stringify(place).toLowerCase() === JSON.stringify(wanted).toLowerCase();
}

/** The hook that a request is about. */
export function findHook({ hooks }: Webhooks, asked: Asked): Hook | undefined {
  const place = placeOf(asked);
  const found = hooks.find(({ id }) => String(id) === asked.params['hook_id']);
  return found !== undefined && isAt(found, place) ? found : undefined;
}

function listHooks({ hooks }: Webhooks): Answer {
  return (asked) => {
    const place = placeOf(asked);
    const { headers, items } = page(
      asked,
      hooks.filter((hook) => isAt(hook, place)),
    );
    return ok(
      items.map((hook) => shapeHook(hook, asked.apiUrl)),
      headers,
    );
  };
}

function createHook(webhooks: Webhooks): Answer {
  return (asked) => {
    const place = placeOf(asked);
    const { url, ...settings } = settingsIn(asked.body);
    if (url === undefined) return invalid(place, 'url is missing');
    const events = settings.events ?? ['push'];
    const same = webhooks.hooks.find((hook) => isAt(hook, place) && hook.url === url);
    if (same !== undefined && String(same.events) === String(events)) {
      return invalid(place, `Hook already exists on this ${place.kind}`);
    }
    const hook = webhooks.add(place, { ...settings, url });
    webhooks.ping(hook);
    return { status: 201, json: shapeHook(hook, asked.apiUrl) };
  };
}

function invalid({ kind }: HookPlace, message: string) {
  return refuse(422, 'Validation Failed', [{ resource: 'Hook', code: 'custom', kind, message }]);
}

function getHook(webhooks: Webhooks): Answer {
  return (asked) => {
    const hook = findHook(webhooks, asked);
    return hook === undefined ? refuse(404, 'Not Found') : ok(shapeHook(hook, asked.apiUrl));
  };
}

/** A `config` that is sent takes the place of the whole one: what it leaves out is gone, the secret too. */
function updateHook(webhooks: Webhooks, { time }: GithubWorld): Answer {
  return (asked) => {
    const hook = findHook(webhooks, asked);
    if (hook === undefined) return refuse(404, 'Not Found');
    const emptied = 'config' in asked.body ? { secret: null, contentType: 'form' as const } : {};
    Object.assign(hook, emptied, settingsIn(asked.body), { updatedAt: time() });
    return ok(shapeHook(hook, asked.apiUrl));
  };
}

/** What is not given stays. */
function updateConfig(webhooks: Webhooks, { time }: GithubWorld): Answer {
  return (asked) => {
    const hook = findHook(webhooks, asked);
    if (hook === undefined) return refuse(404, 'Not Found');
    Object.assign(hook, configIn(asked.body), { updatedAt: time() });
    return ok(shapeConfig(hook));
  };
}

function deleteHook(webhooks: Webhooks): Answer {
  return (asked) => {
    const hook = findHook(webhooks, asked);
    if (hook === undefined) return refuse(404, 'Not Found');
    webhooks.remove(hook);
    return { status: 204 };
  };
}

/** What a body sets of a hook. */
function settingsIn(body: JsonObject): Partial<HookSettings> {
  const config = isJsonObject(body['config']) ? body['config'] : {};
  const events: unknown = body['events'];
  return {
    ...configIn(config),
    ...(Array.isArray(events) ? { events: events.map(String) } : {}),
    ...(typeof body['active'] === 'boolean' ? { active: body['active'] } : {}),
  };
}

export function configIn(config: JsonObject): Partial<HookSettings> {
  const url = textOf(config, 'url');
  const secret = textOf(config, 'secret');
  const type = config['content_type'];
  return {
    ...(url === null ? {} : { url }),
    ...(secret === null ? {} : { secret }),
    ...(type === 'json' || type === 'form' ? { contentType: type } : {}),
  };
}

/** The secret is never shown. */
export function shapeConfig({ contentType, secret, url }: Hook) {
  const shown = secret === null ? {} : { secret: '********' };
  return { content_type: contentType, insecure_ssl: '0', url, ...shown };
}

function shapeHook(hook: Hook, apiUrl: string) {
  const { active, createdAt, events, id, place, updatedAt } = hook;
  const isRepository = place.kind === 'repository';
  const path = isRepository ? `repos/${place.repository}` : `orgs/${organisationOf(place)}`;
  const url = `${apiUrl}/${path}/hooks/${id}`;
  const shape = {
    type: isRepository ? 'Repository' : 'Organization',
    id,
    name: 'web',
    active,
    events,
    config: shapeConfig(hook),
    updated_at: updatedAt,
    created_at: createdAt,
    url,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
  };
  if (!isRepository) return shape;
  return { ...shape, test_url: `${url}/test`, last_response: lastResponse(hook) };
}

function organisationOf(place: HookPlace): string {
  return place.kind === 'organisation' ? place.organisation : '';
}

/** Organisations' hooks do not tell it. */
function lastResponse({ attempts }: Hook) {
  const last = attempts.at(-1);
  if (last === undefined) return { code: null, status: 'unused', message: null };
  const status = last.status === 'OK' ? 'active' : 'failed';
  return { code: last.statusCode, status, message: last.status };
}
