import type { AgentAnswer } from '../../../domain/agents/answers/agent-answer.ts';
import type { AgentEnd, AgentPart } from '../../../domain/agents/agent-part.ts';
import type { Blobs } from '../../../ports/blobs.ts';
import { readValue, type BlobKey } from '../stored-values.ts';

/**
 * How an agent's part of an analysis has ended, and where its answer is kept; null where it gave
 * none.
 */
export interface EndedAgent {
  end: AgentEnd;
  /** An AgentAnswer. */
  answer: BlobKey | null;
}

/** What the agents have added to a report. */
export async function readAgentParts(
  blobs: Blobs,
  agents: readonly EndedAgent[],
): Promise<AgentPart[]> {
  return Promise.all(
    agents.map(async ({ answer, end }) => {
      if (answer === null) return { ...end, summary: '', findings: [], dropped: 0 };
      const { dropped, findings, summary } = await readValue<AgentAnswer>(blobs, answer);
      return { ...end, summary, findings, dropped };
    }),
  );
}
