import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { deliverySchema, type Delivery } from '../../../lib/domain/delivery.ts';
import { runSummarySchema } from '../../../lib/domain/run.ts';
import { createDeliveryRecords } from '../../../lib/flows/dispatch/delivery-records.ts';
import { startIngressHost } from '../../support/ingress-host.ts';
import { startTestHost } from '../../support/start-host.ts';
import {
  sentThreeTimes,
  streamProject,
  thousandDeliveries,
  type ExpectedDelivery,
} from './delivery-stream.ts';
import { sendAll } from './stubborn-senders.ts';

/** Acknowledgements of 3,000 after which the host is killed. */
const killsAfter = [700, 1_500, 2_300];

/** From here to the first kill everything is paused: that kill surely finds deliveries that wait. */
const pauseAfter = 500;

const nextSchema = z.string().nullable();
const deliveriesSchema = z
  .object({ deliveries: z.array(deliverySchema), next: nextSchema })
  .transform(({ deliveries, next }) => ({ items: deliveries, next }));
const runsSchema = z
  .object({ runs: z.array(runSummarySchema), next: nextSchema })
  .transform(({ next, runs }) => ({ items: runs, next }));

/** All pages of a list. */
async function readAll<Item>(
  address: string,
  schema: z.ZodType<{ items: Item[]; next: string | null }>,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor = '';
  do {
    const response = await fetch(`${address}?limit=500&cursor=${cursor}`);
    const { items, next } = schema.parse(await response.json());
    found.push(...items);
    cursor = next ?? '';
  } while (cursor !== '');
  return found;
}

async function untilAllDecided(url: string): Promise<Delivery[]> {
  for (;;) {
    const deliveries = await readAll(`${url}/api/deliveries`, deliveriesSchema);
    if (deliveries.every(({ decision }) => decision !== 'pending')) return deliveries;
    await delay(100);
  }
}

/** What a killed host has acknowledged and not yet decided. */
async function countPending(folder: string): Promise<number> {
  const store = openSqliteStore(join(folder, '.cicd', 'store.db'), { readOnly: true });
  const { deliveries } = await createDeliveryRecords(store, Date.now).listPending({ limit: 1_000 });
  await store.close();
  return deliveries.length;
}

async function turnPause(url: string, turn: 'pause' | 'resume'): Promise<void> {
  const { ok } = await fetch(`${url}/api/agents/${turn}`, { method: 'POST' });
  expect(ok).toBe(true);
}

async function sendWithKills(sends: readonly ExpectedDelivery[]) {
  let host = await startIngressHost({ 'cicd.config.ts': streamProject });
  const address = { url: host.url };
  const pendingAtKills: number[] = [];
  const restarts: Promise<void>[] = [];
  let paused = Promise.resolve();

  const killAndRestart = async () => {
    await paused;
    await host.end('SIGKILL');
    pendingAtKills.push(await countPending(host.folder));
    host = await startTestHost({ folder: host.folder });
    address.url = host.url;
    await turnPause(host.url, 'resume');
  };
  const { repeated } = await sendAll(sends, address, (acknowledged) => {
    if (acknowledged === pauseAfter) paused = turnPause(address.url, 'pause');
    if (killsAfter.includes(acknowledged)) restarts.push(killAndRestart());
  });
  await Promise.all(restarts);
  return { url: host.url, pendingAtKills, repeated };
}

/** The runs of each cause, as its deliveries tell them. */
function runsByCause(
  expected: readonly ExpectedDelivery[],
  deliveries: readonly Delivery[],
): Map<string, Set<string>> {
  const found = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  const runs = new Map<string, Set<string>>();
  for (const { cause, id } of expected) {
    if (cause === null) continue;
    const { runId = 'none', runIds = [runId] } = found.get(id) ?? {};
    const ofCause = runs.get(cause) ?? new Set();
    for (const one of runIds) ofCause.add(one);
    runs.set(cause, ofCause);
  }
  return runs;
}

const sorted = (texts: Iterable<string>) => [...texts].toSorted();

test('a host that is killed again and again loses no delivery and runs each cause once', async () => {
  const expected = thousandDeliveries();
  const startedAt = Date.now();

  const { pendingAtKills, repeated, url } = await sendWithKills(sentThreeTimes(expected));
  const sentAfter = Date.now() - startedAt;
  const deliveries = await untilAllDecided(url);
  const runs = await readAll(`${url}/api/runs`, runsSchema);

  process.stdout.write(
    `kill test: 3,000 deliveries acknowledged after ${sentAfter} ms, decided after ` +
      `${Date.now() - startedAt} ms; waiting at the kills: ${pendingAtKills.join(', ')}; ` +
      `${repeated} sent again; ${runs.length} runs\n`,
  );
  expect(sorted(deliveries.map(({ id }) => id))).toEqual(sorted(expected.map(({ id }) => id)));
  const decisions = new Map(deliveries.map(({ decision, id }) => [id, decision]));
  for (const { cause, id } of expected) {
    expect(decisions.get(id)).toBe(cause === null ? 'ignored' : 'run');
  }

  const runsOfCauses = runsByCause(expected, deliveries);
  const runCounts = new Map(expected.map(({ cause, runs: count }) => [cause, count]));
  const told: string[] = [];
  for (const [cause, ids] of runsOfCauses) {
    expect([cause, ids.size]).toEqual([cause, runCounts.get(cause)]);
    told.push(...ids);
  }
  // Every run has its cause, and no two causes share one.
  expect(sorted(told)).toEqual(sorted(runs.map(({ id }) => id)));
  // There was something to lose: deliveries that waited, and senders that met a dead host.
  expect(pendingAtKills[0]).toBeGreaterThan(0);
  expect(repeated).toBeGreaterThanOrEqual(killsAfter.length);
}, 60_000);
