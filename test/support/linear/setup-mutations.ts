import { randomUUID } from 'node:crypto';
import { demandScope, type Caller } from './access.ts';
import { invalidArgument, notFound } from './errors.ts';
import { newIdOf } from './new-id.ts';
import { labelView, success, webhookView } from './views.ts';
import type { Webhook } from './entities.ts';
import type { LinearWorld } from './world.ts';

interface LabelInput {
  id?: string | null;
  name: string;
  teamId?: string | null;
}

export function labelMutations(world: LinearWorld) {
  return {
    issueLabelCreate: ({ input }: { input: LabelInput }, caller: Caller) => {
      demandScope(caller, 'write');
      const { name, teamId = null } = input;
      const taken = world.labels.map(({ id }) => id);
      const id = newIdOf(world, { entity: 'IssueLabel', wanted: input.id, taken });
      const isDuplicate = world.labels.some(
        (label) =>
          label.name.toLowerCase() === name.toLowerCase() &&
          (label.teamId === null || label.teamId === teamId),
      );
      if (isDuplicate) throw invalidArgument(`Label ${name} exists already`);
      const label = { id, name, teamId };
      world.labels.push(label);
      return { ...success, issueLabel: labelView(world, label) };
    },
  };
}

interface WebhookInput {
  url: string;
  label?: string | null;
  resourceTypes: string[];
  secret?: string | null;
  enabled?: boolean | null;
  teamId?: string | null;
  allPublicTeams?: boolean | null;
  id?: string | null;
}

export function webhookMutations(world: LinearWorld) {
  const find = (id: string): Webhook => {
    const webhook = world.webhooks.find((known) => known.id === id);
    if (webhook === undefined) throw notFound('Webhook');
    return webhook;
  };
  return {
    webhookCreate: ({ input }: { input: WebhookInput }, caller: Caller) => {
      demandScope(caller, 'admin');
      checkWebhook(input);
      const webhook = newWebhook(world, input, caller);
      world.webhooks.push(webhook);
      return { ...success, webhook: webhookView(world, webhook) };
    },
    webhookUpdate: (
      { id, input }: { id: string; input: Partial<WebhookInput> },
      caller: Caller,
    ) => {
      demandScope(caller, 'admin');
      const webhook = find(id);
      checkWebhook(input);
      Object.assign(webhook, input);
      return { ...success, webhook: webhookView(world, webhook) };
    },
    webhookDelete: ({ id }: { id: string }, caller: Caller) => {
      demandScope(caller, 'admin');
      const removed = find(id);
      world.webhooks = world.webhooks.filter((webhook) => webhook !== removed);
      return { ...success, entityId: id };
    },
  };
}

function newWebhook(world: LinearWorld, input: WebhookInput, { actor }: Caller): Webhook {
  const hasTeams = (input.teamId ?? null) !== null || input.allPublicTeams === true;
  if (!hasTeams) throw invalidArgument('A webhook needs teamId or allPublicTeams');
  const taken = world.webhooks.map(({ id }) => id);
  return {
    id: newIdOf(world, { entity: 'Webhook', wanted: input.id, taken }),
    url: input.url,
    label: input.label ?? null,
    enabled: input.enabled ?? true,
    resourceTypes: input.resourceTypes,
    secret: input.secret ?? `lin_wh_${randomUUID()}`,
    creator: actor,
    failures: [],
  };
}

/** Linear delivers to public addresses only. */
function checkWebhook({ url, resourceTypes }: Partial<WebhookInput>): void {
  if (url !== undefined && !URL.parse(url)?.protocol.startsWith('https')) {
    throw invalidArgument('url must be a public https address');
  }
  if (resourceTypes?.length === 0) throw invalidArgument('resourceTypes must not be empty');
}
