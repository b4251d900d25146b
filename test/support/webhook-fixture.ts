import { afterEach, beforeEach } from 'vitest';
import type { BusEvent } from '../../lib/domain/event.ts';
import { setLogSink, writeJsonLine, type LogRecord } from '../../lib/runtime/logging.ts';
import type { GatewayEvent } from '../../lib/runtime/gateway-event.ts';
import { setMetricSink, writeEmbeddedMetric } from '../../lib/runtime/metrics.ts';
import type { WebhookServices } from '../../lib/runtime/webhook-handler.ts';
import { testSecret, type SignedDelivery } from './signed-delivery.ts';

export interface WebhookFixture {
  services: WebhookServices;
  published: BusEvent[];
  logged: LogRecord[];
  /** Names with their dimensions. */
  counted: [string, Record<string, string>][];
  /** What can be changed in the middle of a test. */
  world: {
    now: number;
    secrets: readonly string[];
    /** What `refresh` makes of the secrets; undefined: it may not read anew yet. */
    newSecrets: readonly string[] | undefined;
    /** Thrown by the bus. */
    failure: Error | undefined;
  };
}

/** Services in memory, fresh for each test of the file. */
export function webhookFixture(): WebhookFixture {
  const world: WebhookFixture['world'] = {
    now: 0,
    secrets: [],
    newSecrets: undefined,
    failure: undefined,
  };
  const fixture: WebhookFixture = {
    world,
    published: [],
    logged: [],
    counted: [],
    services: {
      bus: {
        publish: async (event) => {
          if (world.failure !== undefined) throw world.failure;
          fixture.published.push(event);
        },
      },
      secrets: {
        get: async () => world.secrets,
        refresh: async () => {
          if (world.newSecrets === undefined) return false;
          world.secrets = world.newSecrets;
          return true;
        },
      },
    },
  };
  beforeEach(() => {
    const now = Date.parse('2026-11-22T10:00:00.000Z');
    Object.assign(world, { now, secrets: [testSecret], newSecrets: undefined, failure: undefined });
    for (const list of [fixture.published, fixture.logged, fixture.counted]) list.length = 0;
    setLogSink((record) => fixture.logged.push(record));
    setMetricSink((name, dimensions) => fixture.counted.push([name, { ...dimensions }]));
  });
  afterEach(() => {
    setLogSink(writeJsonLine);
    setMetricSink(writeEmbeddedMetric);
  });
  return fixture;
}

/** A request as API Gateway hands it to a function. */
export function gatewayEvent(
  { body, headers }: SignedDelivery,
  { method = 'POST', base64 = false } = {},
): GatewayEvent {
  return {
    requestContext: { http: { method } },
    headers,
    body: body.toString(base64 ? 'base64' : 'utf8'),
    isBase64Encoded: base64,
  };
}
