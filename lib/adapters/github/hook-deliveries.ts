import { z } from 'zod';
import type { SentDeliveries, SentDelivery, SentPayload } from '../../ports/sent-deliveries.ts';
import { final } from './failures.ts';
import { questionAt, type HookAddress } from './hook-addresses.ts';
import { deliveredSchema, deliveriesSchema, type ListedDelivery } from './hook-schemas.ts';
import { nextCursor } from './next-cursor.ts';
import { requestAnswer, requestIfChanged, requestJson, type Answer } from './request.ts';

const pageSize = 100;
/** 20,000 deliveries. What older ones told is found by looking at how things are. */
const mostPages = 200;

/**
 * What the webhook has sent, newest first. Not failures alone, as GitHub could list them: whether a later
 * attempt made one good is seen only beside it.
 */
export async function listDeliveries(
  address: HookAddress,
  { etag, since }: Parameters<SentDeliveries['list']>[1],
): ReturnType<SentDeliveries['list']> {
  const first = await requestIfChanged(address.client, pageOf(address), etag);
  if (first === 'unchanged') return first;
  const oldest = Date.parse(since);
  const deliveries: SentDelivery[] = [];
  for await (const page of pagesFrom(address, first)) {
    const wanted = page.filter((sent) => Date.parse(sent.delivered_at) >= oldest);
    deliveries.push(...wanted.map(toSentDelivery));
    if (wanted.length < page.length) break;
  }
  return { deliveries, etag: first.etag };
}

async function* pagesFrom(
  address: HookAddress,
  first: Answer<ListedDelivery[]>,
): AsyncGenerator<ListedDelivery[]> {
  let page = first;
  yield page.data;
  for (let pages = 1; pages < mostPages; pages += 1) {
    const cursor = nextCursor(page.headers['link']);
    if (cursor === null) return;
    page = await requestAnswer(address.client, pageOf(address, cursor));
    yield page.data;
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

function pageOf(address: HookAddress, cursor?: string) {
  return questionAt(address, {
    method: 'GET',
    below: '/deliveries',
    parameters: { per_page: pageSize, ...(cursor === undefined ? {} : { cursor }) },
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
