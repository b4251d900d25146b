import { Hono } from 'hono';
import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { AnswerRecords } from '../../../lib/flows/answers/answer-records.ts';
import type { Schedules } from '../../../lib/ports/schedules.ts';
import type { MetricCounters } from '../../../lib/runtime/metrics.ts';
import type { DeliveryDesk } from '../../desk/delivery-desk.ts';
import type { RunDesk } from '../../desk/run-desk.ts';
import { answerPages } from './answer-pages.ts';
import { deliveriesApi } from './deliveries-api.ts';
import { answerError, answerProblem } from './errors.ts';
import { onlyLoopback, onlySameOrigin, secureHeaders } from './guards.ts';
import { eventPages } from './event-pages.ts';
import { metricsApi } from './metrics-api.ts';
import { pages } from './pages.ts';
import { runsApi } from './runs-api.ts';
import { pauseApi, schedulesApi } from './schedules-api.ts';
import { webhookRoutes } from './webhooks.ts';

/** What the host answers from. */
export interface AppServices {
  runs: RunDesk;
  deliveries: DeliveryDesk;
  scheduler: Schedules;
  pause: AgentPause;
  answers: Pick<AnswerRecords, 'get'>;
  /** Works off what a pause has held back. */
  onResume: () => Promise<void>;
  metrics: MetricCounters;
  /** Tells this host from another at the same address. */
  instance: string;
}

/** Everything that the host answers over HTTP. */
export function createApp(services: AppServices): Hono {
  const { answers, deliveries, instance, metrics, onResume, pause, runs, scheduler } = services;
  const app = new Hono();
  app.onError(answerError);
  app.notFound((context) => answerProblem(context, 404, 'There is nothing at this address.'));

  app.use(onlyLoopback, onlySameOrigin, secureHeaders);
  app.get('/healthz', (context) => context.json({ status: 'ok', instance }));
  app.route('/webhooks', webhookRoutes());
  app.route('/api/runs', runsApi(runs));
  app.route('/api/deliveries', deliveriesApi(deliveries));
  app.route('/api/schedules', schedulesApi(scheduler));
  app.route('/api/agents', pauseApi({ pause, onResume }));
  app.route('/api/metrics', metricsApi(metrics));
  app.route('/', pages(runs, pause));
  app.route('/', answerPages(answers));
  app.route('/', eventPages({ deliveries, pause, scheduler }));
  return app;
}
