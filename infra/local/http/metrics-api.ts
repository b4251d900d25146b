import { Hono } from 'hono';
import type { MetricCounters } from '../../../lib/runtime/metrics.ts';

/** `/api/metrics`: what was counted since the host started. */
export function metricsApi(counters: MetricCounters): Hono {
  return new Hono().get('/', (context) => context.json({ metrics: counters.list() }));
}
