import { z } from 'zod';
import type { SentDeliveries, SentDelivery, SentPayload } from '../../../ports/sent-deliveries.ts';
import { final } from '../requests/failures.ts';
import { questionAt, type HookAddress } from './hook-addresses.ts';
import { deliveredSchema, deliveriesSchema, type ListedDelivery } from './hook-schemas.ts';
import { nextCursor } from '../requests/next-cursor.ts';
import { requestAnswer, requestIfChanged, requestJson, type Answer } from '../requests/request.ts';

const pageSize = 100;

/**
 * Pages that are read whole: what GitHub lists as failures are answers from 400 to 599, and not what was
 * answered by a redirect or by nobody. From then on the failures of a hook that sends so much have to do.
 */
const wholePages = 10;
const mostPages = 200;

/** For one webhook, lest its pages take the time of a whole run. */
const mostMs = 60_000;

/**
 * What the webhook has sent, newest first.
 * @param now milliseconds since the epoch
 */
export async function listDeliveries(
  address: HookAddress,
  { etag, since }: Parameters<SentDeliveries['list']>[1],
  now: () => number,
): ReturnType<SentDeliveries['list']> {
  const first = await requestIfChanged(address.client, pageOf(address), etag);
  if (first === 'unchanged') return first;
  const oldest = Date.parse(since);
  const deliveries: SentDelivery[] = [];
  const deadline = now() + mostMs;
  let page: Answer<ListedDelivery[]> = first;
  for (let pages = 1; ; pages += 1) {
    const wanted = page.data.filter((sent) => Date.parse(sent.delivered_at) >= oldest);
    deliveries.push(...wanted.map(toSentDelivery));
    const cursor = nextCursor(page.headers['link']);
    const isComplete = cursor === null || wanted.length < page.data.length;
    if (isComplete || pages >= mostPages || now() > deadline) {
      return { deliveries, etag: first.etag, isComplete };
    }
    const status = pages < wholePages ? {} : { status: 'failure' };
    page = await requestAnswer(address.client, pageOf(address, { cursor, ...status }));
  }
}

/** The newest one; undefined before the first. */
export async function getLastDelivery(address: HookAddress): Promise<ListedDelivery | undefined> {
  const [last] = await requestJson(
    address.client,
    questionAt(address, {
      method: 'GET',
      below: '/deliveries',
      parameters: { per_page: 1 },
      schema: deliveriesSchema,
    }),
  );
  return last;
}

export async function redeliver(address: HookAddress, id: string): Promise<void> {
  await requestJson(
    address.client,
    questionAt(address, {
      method: 'POST',
      below: '/deliveries/{delivery_id}/attempts',
      parameters: { delivery_id: id },
      schema: z.unknown(),
    }),
  );
}

export async function getPayload(address: HookAddress, id: string): Promise<SentPayload> {
  const { event, request } = await requestJson(
    address.client,
    questionAt(address, {
      method: 'GET',
      below: '/deliveries/{delivery_id}',
      parameters: { delivery_id: id },
      schema: deliveredSchema,
    }),
  );
  if (request.payload === null) throw final(`GitHub no longer has what it sent as ${id}.`);
  return { event, payload: withIdsAsText(request.payload) };
}

function pageOf(address: HookAddress, from: { cursor?: string; status?: string } = {}) {
  return questionAt(address, {
    method: 'GET',
    below: '/deliveries',
    parameters: { per_page: pageSize, ...from },
    schema: deliveriesSchema,
  });
}

/** @see https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries */
function toSentDelivery(listed: ListedDelivery): SentDelivery {
  const { action, event, guid, id, redelivery } = listed;
  return {
    id,
    guid,
    deliveredAt: new Date(listed.delivered_at).toISOString(),
    ok: listed.status === 'OK',
    statusCode: listed.status_code,
    event,
    action,
    redelivery,
  };
}

/** A `bigint` is no JSON: nobody could store it. */
function withIdsAsText(payload: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(payload, bigintAsText);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
