import { flow } from '../../runtime/flow.ts';
import { retries } from '../../runtime/retry-policies.ts';
import { acknowledge } from './acknowledge.ts';
import { act } from './act.ts';
import {
  agentSessionInputSchema,
  type AgentSessionInput,
  type AgentSessionResult,
} from './input.ts';
import type { AgentSessionServices } from './services.ts';
import { takeTurn } from './take-turn.ts';
import { tellTrouble } from './tell.ts';

/**
 * Answers one thing that was said in a session. It waits for nothing: an analysis that it starts is another run,
 * which shows in the session how far it is and how it has ended.
 */
export const agentSession = flow<AgentSessionInput, AgentSessionResult, AgentSessionServices>({
  name: 'agent-session',
  input: agentSessionInputSchema,
  executionTimeoutSeconds: 840,

  run: async (flowContext, input, services) => {
    const event = { flowContext, input, services };
    const first = await acknowledge(event);
    if (first.kind === 'unable') return nobody;
    const turn = await flowContext.task('take the turn', retries.patient, () =>
      takeTurn(input, services),
    );
    if (turn.kind === 'none') return { done: 'nothing', detail: turn.why };
    if (first.kind === 'acknowledged') {
      const afterMs = first.at - Date.parse(turn.happenedAt);
      flowContext.log.info('Session acknowledged', { session: input.session, afterMs });
    }
    try {
      return await act(event, turn);
    } catch (error) {
      await tellTrouble(event, turn.id);
      throw error;
    }
  },
});

const nobody: AgentSessionResult = {
  done: 'nothing',
  detail: 'Only the app may answer: set LINEAR_CLIENT_ID and LINEAR_CLIENT_SECRET.',
};
