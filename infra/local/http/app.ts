import type { Hono } from 'hono';
import type { MetricCounters } from '../../../lib/runtime/metrics.ts';
import { createDeskApp, type DeskServices } from './desk-app.ts';
import { metricsApi } from './metrics-api.ts';
import { webhookRoutes } from './webhooks.ts';

/** What the host answers from. */
export interface AppServices extends Omit<DeskServices, 'stack' | 'explain'> {
  metrics: MetricCounters;
  /** Tells this host from another at the same address. */
  instance: string;
}

/** Everything that the host answers over HTTP: its desks, and what senders and monitoring ask it. */
export function createApp({ instance, metrics, ...desks }: AppServices): Hono {
  const app = createDeskApp(desks);
  app.get('/healthz', (context) => context.json({ status: 'ok', instance }));
  app.route('/webhooks', webhookRoutes());
  app.route('/api/metrics', metricsApi(metrics));
  return app;
}
