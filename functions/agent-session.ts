import { createAgentSessionServices } from '../lib/flows/agent-session/create-services.ts';
import { agentSession } from '../lib/flows/agent-session/run.ts';
import { flowServices } from './services/flow-services.ts';
import { keepCounts } from './services/keep-counts.ts';

/** Answers what people say to the app in Linear. */
export const handler = agentSession.handler(
  async () =>
    createAgentSessionServices(
      await flowServices(['agents', 'config', 'linkTo', 'runs', 'sessions', 'stack', 'store']),
    ),
  keepCounts,
);
