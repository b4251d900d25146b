import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { oneLineText, shorten } from '../../domain/plain-text.ts';
import type { TrackerAdmin, TrackerWebhook } from '../../ports/tracker-admin.ts';
import { pageOf } from './issue-shapes.ts';
import { answered, type LinearRequests } from './requests.ts';

const webhookFields = `id url label enabled resourceTypes
  failures { executionId createdAt httpStatus responseOrError }`;

export const webhookDocuments = {
  list: `query Webhooks($after: String) {
    webhooks(first: 50, after: $after) {
      nodes { ${webhookFields} }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  create: `mutation CreateWebhook($input: WebhookCreateInput!) {
    webhookCreate(input: $input) { success }
  }`,
  update: `mutation UpdateWebhook($id: String!, $input: WebhookUpdateInput!) {
    webhookUpdate(id: $id, input: $input) { success }
  }`,
  remove: `mutation RemoveWebhook($id: String!) { webhookDelete(id: $id) { success } }`,
};

const webhookSchema = z
  .object({
    id: z.string(),
    // Null for an app's own webhook, whose address is a setting of the app.
    url: z.string().nullable(),
    label: z.string().nullable(),
    enabled: z.boolean(),
    resourceTypes: z.array(z.string()),
    failures: z.array(
      z.object({
        executionId: z.string(),
        createdAt: z.string(),
        httpStatus: z.number().nullable(),
        responseOrError: z.string().nullable(),
      }),
    ),
  })
  .transform(({ failures, label, url, ...rest }): TrackerWebhook => {
    const newestFirst = failures.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    return {
      ...rest,
      url: url ?? '',
      label: label ?? '',
      failures: newestFirst.map(({ createdAt, executionId, httpStatus, responseOrError }) => ({
        executionId,
        at: createdAt,
        httpStatus,
        reason: shorten(oneLineText(responseOrError ?? ''), 200),
      })),
    };
  });

const listSchema = z.object({ webhooks: pageOf(webhookSchema) });
const done = z.object({ success: z.literal(true) });

/** In pages of 50. */
const maxPages = 10;

/** A person asks; only an administrator may, so the key of one goes before the app. */
const asking = { urgency: 'answer', credentials: 'api-key' } as const;

type WebhookAdmin = Pick<
  TrackerAdmin,
  'listWebhooks' | 'createWebhook' | 'updateWebhook' | 'removeWebhook'
>;

/** Webhooks for the whole workspace: all teams that are not private. */
export function createWebhookAdmin(requests: LinearRequests): WebhookAdmin {
  const listWebhooks = async (): Promise<TrackerWebhook[]> => await readWebhooks(requests);
  return {
    listWebhooks,
    createWebhook: async (webhook) => {
      // An id of ours: a second attempt makes no second webhook.
      const id = randomUUID();
      const variables = { input: { id, ...webhook, allPublicTeams: true, enabled: true } };
      const result = z.object({ webhookCreate: done });
      const reply = await requests.ask(
        { document: webhookDocuments.create, variables, result },
        asking,
      );
      const made = (await listWebhooks()).find((known) => known.id === id);
      if (made !== undefined) return made;
      answered(reply);
      const { label, resourceTypes, url } = webhook;
      return { id, url, label, enabled: true, resourceTypes: [...resourceTypes], failures: [] };
    },
    updateWebhook: async (id, webhook) => {
      const variables = { id, input: { ...webhook, enabled: true } };
      const result = z.object({ webhookUpdate: done });
      answered(
        await requests.ask({ document: webhookDocuments.update, variables, result }, asking),
      );
    },
    removeWebhook: async (id) => {
      const result = z.object({ webhookDelete: done });
      const reply = await requests.ask(
        { document: webhookDocuments.remove, variables: { id }, result },
        asking,
      );
      if (reply.kind === 'answered') return;
      const isThere = (await listWebhooks()).some((known) => known.id === id);
      if (isThere) throw reply.error;
    },
  };
}

async function readWebhooks(requests: LinearRequests): Promise<TrackerWebhook[]> {
  const webhooks: TrackerWebhook[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const question = {
      document: webhookDocuments.list,
      variables: { after },
      result: listSchema,
    };
    const found: z.infer<typeof listSchema> = answered(await requests.ask(question, asking));
    const { nodes, pageInfo } = found.webhooks;
    webhooks.push(...nodes);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return webhooks;
}
