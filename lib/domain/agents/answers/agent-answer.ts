import type { AgentFinding } from '../agent-part.ts';

/** What could be read of an agent's words. */
export interface AgentAnswer {
  kind: 'answered' | 'unusable' | 'declined';
  /**
   * Plain text, 4,000 characters at most: of an answer that is no use, its beginning; of a refusal,
   * its reason.
   */
  summary: string;
  /** At most 50, most serious first. */
  findings: AgentFinding[];
  /** Findings at paths or lines that do not exist, or that say nothing. */
  dropped: number;
  /** What is missing, and why, in words; null where nothing is. */
  problem: string | null;
}
