import { UpstreamError } from '../../domain/errors.ts';
import type { CursorApi } from './api.ts';
import { agentAnswerSchema } from './run-answer.ts';

/** Where the pages of agents are: a run does not tell. */
export interface AgentPages {
  /** Null where Cursor has none, or does not tell now. */
  of(agentId: string): Promise<string | null>;
  learn(agentId: string, url: string | null): void;
}

/** Each is asked for once, at most. */
export function createAgentPages(api: CursorApi): AgentPages {
  const known = new Map<string, string | null>();

  const ask = async (agentId: string): Promise<string | null> => {
    const { url } = await api.ask({
      method: 'GET',
      path: `/v1/agents/${agentId}`,
      schema: agentAnswerSchema,
      missing: 'Cursor does not know the agent',
    });
    known.set(agentId, url);
    return url;
  };
  return {
    of: async (agentId) => {
      const page = known.get(agentId);
      if (page !== undefined) return page;
      try {
        return await ask(agentId);
      } catch (error) {
        // How the run stands is worth more than a link.
        if (error instanceof UpstreamError) return null;
        throw error;
      }
    },
    learn: (agentId, url) => {
      known.set(agentId, url);
    },
  };
}
