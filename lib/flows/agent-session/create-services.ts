import type { HostServices } from '../../runtime/host-services.ts';
import { createAgentPause } from '../agent-pause.ts';
import { createAgentServices } from '../agents/create-agent-services.ts';
import { createAnswerRecords } from '../answers/answer-records.ts';
import { createDispatchContext } from '../dispatch/dispatch-context.ts';
import { createIssueAsks } from '../dispatch/issue-asks.ts';
import type { AgentSessionServices } from './services.ts';
import { createSessionMemories } from './session-memory.ts';

type NeededServices = Pick<
  HostServices,
  'agents' | 'config' | 'linkTo' | 'runs' | 'sessions' | 'stack' | 'store'
>;

/** What the flow works with on a host. */
export function createAgentSessionServices(host: NeededServices): AgentSessionServices {
  const { config, linkTo, runs, sessions, stack, store } = host;
  const now = Date.now;
  return {
    sessions,
    memories: createSessionMemories(store, now),
    asks: createIssueAsks({ now, runs, store }),
    runs,
    pause: createAgentPause(store, now),
    answers: createAnswerRecords(store, now),
    agents: createAgentServices(host),
    dispatch: createDispatchContext(config, stack),
    linkTo,
    stack,
    now,
  };
}
