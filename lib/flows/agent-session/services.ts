import type { DispatchContext } from '../../domain/dispatch/decision.ts';
import type { AgentSessions } from '../../ports/agent-sessions.ts';
import type { Runs } from '../../ports/runs.ts';
import type { AgentPause } from '../agent-pause.ts';
import type { AgentServices } from '../agents/agent-services.ts';
import type { AnswerRecords } from '../answers/answer-records.ts';
import type { IssueAsks } from '../dispatch/issue-asks.ts';
import type { SessionMemories } from './session-memory.ts';

/** What the flow works with. */
export interface AgentSessionServices {
  sessions: AgentSessions;
  memories: SessionMemories;
  asks: IssueAsks;
  runs: Pick<Runs, 'findByName' | 'getSummary' | 'start' | 'stop'>;
  pause: Pick<AgentPause, 'get'>;
  /** What is owed to whoever waits for an analysis. */
  answers: Pick<AnswerRecords, 'get' | 'change' | 'open'>;
  agents: Pick<AgentServices, 'agentRuns' | 'budget' | 'providers'>;
  dispatch: DispatchContext;
  /** Address of a run's page. */
  linkTo: (runId: string) => string;
  /** Name of the installation. */
  stack: string;
  /** Milliseconds since the epoch. */
  now: () => number;
}
