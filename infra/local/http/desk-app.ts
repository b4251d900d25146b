import { Hono } from 'hono';
import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { AnswerRecords } from '../../../lib/flows/answers/answer-records.ts';
import type { Schedules } from '../../../lib/ports/schedules.ts';
import type { AgentDesk } from '../../desk/agent-desk.ts';
import type { DeliveryDesk } from '../../desk/delivery-desk.ts';
import type { RunDesk } from '../../desk/run-desk.ts';
import { agentPages } from './agent-pages.ts';
import { agentRunsApi } from './agent-runs-api.ts';
import { agentsApi } from './agents-api.ts';
import { answerPages } from './answer-pages.ts';
import { deliveriesApi } from './deliveries-api.ts';
import { answerErrors, answerProblem, type ExplainError } from './errors.ts';
import { eventPages } from './event-pages.ts';
import { onlyLoopback, onlySameOrigin, secureHeaders } from './guards.ts';
import { pages } from './pages.ts';
import { runsApi } from './runs-api.ts';
import { schedulesApi } from './schedules-api.ts';
import { usageApi } from './usage-api.ts';

/** What people look at and steer. */
export interface DeskServices {
  runs: RunDesk;
  deliveries: DeliveryDesk;
  scheduler: Schedules;
  agents: AgentDesk;
  pause: AgentPause;
  answers: Pick<AnswerRecords, 'get'>;
  /** Works off what a pause has held back. */
  onResume: () => Promise<void>;
  /** Name of the stack whose desks these are. Default: they are those of this machine. */
  stack?: string;
  /** Default: nothing is explained but what was asked wrongly. */
  explain?: ExplainError;
}

/** Pages and API for people at this machine; whose desks they show is all the same. */
export function createDeskApp(services: DeskServices): Hono {
  const { agents, answers, deliveries, runs, scheduler, stack } = services;
  const app = new Hono();
  app.onError(answerErrors(services));
  app.notFound((context) =>
    answerProblem(context, { status: 404, message: 'There is nothing at this address.', stack }),
  );

  app.use(onlyLoopback, onlySameOrigin, secureHeaders);
  app.route('/api/runs', runsApi(runs));
  app.route('/api/deliveries', deliveriesApi(deliveries));
  app.route('/api/schedules', schedulesApi(scheduler));
  app.route('/api/agents', agentsApi(services));
  app.route('/api/agent-runs', agentRunsApi(agents));
  app.route('/api/usage', usageApi(agents));
  app.route('/', pages(services));
  app.route('/', answerPages(answers));
  app.route('/', eventPages(services));
  app.route('/', agentPages(services));
  return app;
}
