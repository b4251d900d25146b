import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type {
  HostWebhook,
  LastDelivery,
  WantedHostWebhook,
  WebhookPlace,
} from '../../../ports/code-host-admin.ts';
import type { GithubAccess } from '../access/access.ts';
import { final } from '../requests/failures.ts';
import {
  addressOfHook,
  addressOfPlace,
  questionAt,
  type HookAddress,
} from '../deliveries/hook-addresses.ts';
import { getLastDelivery } from '../deliveries/hook-deliveries.ts';
import { hookConfigSchema, hookSchema } from '../deliveries/hook-schemas.ts';
import { requestJson } from '../requests/request.ts';
import { writeOnce } from '../requests/write-once.ts';

/** GitHub takes at most 20 webhooks for one event. */
const mostHooks = 100;

const appSchema = z.object({ events: z.array(z.string()) });

type ShownHook = z.infer<typeof hookSchema>;

export async function listWebhooks(
  access: GithubAccess,
  place: WebhookPlace,
): Promise<HostWebhook[]> {
  if (place.kind === 'app') return listAppWebhook(await addressOfPlace(access, place));
  const hooks = await listHooks(await addressOfPlace(access, place));
  return hooks.map(toHostWebhook);
}

export async function createWebhook(
  access: GithubAccess,
  place: WebhookPlace,
  webhook: WantedHostWebhook,
): Promise<HostWebhook> {
  const address = await addressOfPlace(access, place);
  if (place.kind === 'app') {
    const config = await setConfig(address, webhook);
    return toAppWebhook(address, config);
  }
  const find = async () => {
    const hooks = await listHooks(address);
    return hooks.find(({ config }) => config.url === webhook.url);
  };
  const hook = await writeOnce(() => postHook(address, webhook), find);
  return toHostWebhook(hook);
}

export async function updateWebhook(
  access: GithubAccess,
  { id, place }: { place: WebhookPlace; id: string },
  webhook: WantedHostWebhook,
): Promise<void> {
  const address = await addressOfHook(access, place, id);
  const isWhole = webhook.secret !== undefined;
  // Written with the rest of the webhook, the configuration would lose a secret that is not given.
  if (place.kind === 'app' || !isWhole) await setConfig(address, webhook);
  if (place.kind === 'app') return;
  const config = isWhole ? { config: configOf(webhook) } : {};
  const parameters = { active: true, events: webhook.events, ...config };
  await requestJson(
    address.client,
    questionAt(address, { method: 'PATCH', parameters, schema: hookSchema }),
  );
}

export async function removeWebhook(
  access: GithubAccess,
  place: WebhookPlace,
  id: string,
): Promise<void> {
  if (place.kind === 'app') {
    throw final("A GitHub App's webhook is switched off on the page of the App's settings.");
  }
  const address = await addressOfHook(access, place, id);
  const question = questionAt(address, { method: 'DELETE', schema: z.unknown() });
  try {
    await requestJson(address.client, question);
  } catch (error) {
    // Removed already, by an attempt whose answer was lost; or we may not see it, which is no success.
    if (!(error instanceof UpstreamError) || error.status !== 404) throw error;
    const left = await listHooks(await addressOfPlace(access, place));
    if (left.some((hook) => hook.id === id)) throw error;
  }
}

export async function lastDeliveryOf(
  access: GithubAccess,
  place: WebhookPlace,
  id: string,
): Promise<LastDelivery | null> {
  const last = await getLastDelivery(await addressOfHook(access, place, id));
  if (last === undefined) return null;
  const at = new Date(last.delivered_at).toISOString();
  return { at, status: last.status, code: last.status_code === 0 ? null : last.status_code };
}

async function listAppWebhook(address: HookAddress): Promise<HostWebhook[]> {
  const config = await requestJson(
    address.client,
    questionAt(address, { method: 'GET', below: '/config', schema: hookConfigSchema }),
  );
  if (config.url === '') return [];
  return [await toAppWebhook(address, config)];
}

function listHooks(address: HookAddress): Promise<ShownHook[]> {
  const parameters = { per_page: mostHooks };
  const schema = z.array(hookSchema);
  return requestJson(address.client, questionAt(address, { method: 'GET', parameters, schema }));
}

function postHook(address: HookAddress, webhook: WantedHostWebhook): Promise<ShownHook> {
  const { events } = webhook;
  const parameters = { name: 'web', active: true, events, config: configOf(webhook) };
  return requestJson(
    address.client,
    questionAt(address, { method: 'POST', parameters, schema: hookSchema }),
  );
}

function setConfig(address: HookAddress, webhook: WantedHostWebhook) {
  return requestJson(
    address.client,
    questionAt(address, {
      method: 'PATCH',
      below: '/config',
      // Octokit would take a parameter named `url` for where to ask, and send our credentials there.
      parameters: { data: configOf(webhook) },
      schema: hookConfigSchema,
    }),
  );
}

function configOf({ secret, url }: WantedHostWebhook): Record<string, string> {
  const config = { url, content_type: 'json', insecure_ssl: '0' };
  return secret === undefined ? config : { ...config, secret };
}

function toHostWebhook({ active, config, events, id }: ShownHook): HostWebhook {
  return { id, url: config.url, active, events, contentType: config.content_type };
}

/** What an App listens to is a setting of the App, not of its webhook. */
async function toAppWebhook(
  { client, subject }: HookAddress,
  { content_type: contentType, url }: z.infer<typeof hookConfigSchema>,
): Promise<HostWebhook> {
  const right = 'to tell its events';
  const { events } = await requestJson(client, {
    route: 'GET /app',
    schema: appSchema,
    subject,
    right,
  });
  return { id: 'app', url, active: true, events, contentType };
}
