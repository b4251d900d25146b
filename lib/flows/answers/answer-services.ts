import type { AgentSessions } from '../../ports/agent-sessions.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { IssueTracker } from '../../ports/issue-tracker.ts';
import type { Runs } from '../../ports/runs.ts';
import type { Store } from '../../ports/store.ts';
import type { LoadedConfig } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logging.ts';
import type { ReportAnswer } from './report-answer.ts';
import type { RequestAllowances } from './request-allowances.ts';

/** What answers are made of. */
export interface AnswerServices {
  /** Shared by all that a run asks of the tracker. */
  allowances: RequestAllowances;
  codeHost: CodeHost;
  config: LoadedConfig;
  /** Address of a run's page. */
  linkTo: (runId: string) => string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** What there is to show of a stored report; null when it is gone. */
  readAnswer: (
    request: { report: string; runLink: string },
    log: Logger,
  ) => Promise<ReportAnswer | null>;
  runs: Pick<Runs, 'get' | 'getSummary'>;
  sessions: AgentSessions;
  /** Name of the installation: two of them do not share a comment. */
  stack: string;
  store: Store;
  tracker: IssueTracker;
}
