import type { DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import type { LogLevel, RunDetail, RunError, RunSummary } from '../../../lib/domain/run.ts';
import type { Runs } from '../../../lib/ports/runs.ts';
import type { FlowPlace } from './execution-arn.ts';

/** Runs durable flows in this process and keeps every one of their steps in one SQLite file. */
export interface Engine extends Runs {
  /** Makes a flow known. All flows are registered before `resume`. */
  register(flow: FlowRegistration): void;
  /**
   * Takes up what the process before left behind: queues the runs that were in the middle of
   * something, arms timers, ends runs whose code changed or whose flow is gone, and sweeps.
   * To be called once.
   */
  resume(): ResumeSummary;
  /** Runs whose id begins with `prefix`, newest first, 10 at most. */
  findRuns(prefix: string): RunSummary[];
  /** What happened in a run, oldest first. */
  history(runId: string): RunEvent[];
  /** Adds a line to a run's log. Lines beyond the log's limits and of unknown runs are dropped. */
  log(runId: string, line: NewLogLine): void;
  /** The run behind the `executionArn` that the SDK's loggers and plugins show. */
  runIdOfExecution(executionArn: string): string | undefined;
  readonly callbacks: Callbacks;
  /**
   * Resolves when the run has ended, in whatever way.
   * @throws RequestRejectedError for an unknown run; the signal's reason when aborted.
   */
  waitForRun(runId: string, options?: { signal?: AbortSignal }): Promise<RunDetail>;
  /**
   * Takes no new invocations and waits for those under way, `milliseconds` at most. What is cut
   * off resumes at the next start.
   */
  drain(milliseconds: number): Promise<{ interrupted: number }>;
  /** Removes runs that ended before the retention time. Also done at `resume` and every hour. */
  sweep(): Promise<{ removed: number }>;
  /** Ends everything at once and closes the file. Idempotent. */
  close(): void;
}

export interface EngineOptions {
  /** Created when it does not exist; its folder must. */
  databaseFile: string;
  /** A hash of the code. Runs begun under another version start again, see `resume`. */
  codeVersion: string;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
  /** Ids of runs, invocations and callbacks. Default: random UUIDs. */
  newId?: () => string;
  /** Part of the ARNs of executions. Default: this machine. */
  place?: FlowPlace;
  /** Invocations at the same time: 32 in total and any number per flow, unless said here. */
  concurrency?: { total?: number; perFlow?: Readonly<Record<string, number>> };
  /** Works on the runs that this engine starts, and leaves those of others as they are. Default: false. */
  ownRunsOnly?: boolean;
  /** How long ended runs are kept. Default: 14 days. */
  retention?: { days: number };
  /** Told about what no caller can be told about: a timer or a result that cannot be saved. */
  onProblem?: (problem: Error) => void;
}

export type FlowRegistration = {
  name: string;
  /**
   * A run that has not ended so long after its first invocation ends as `timed_out`. Waiting counts, its
   * place in the queue before does not.
   */
  executionTimeoutSeconds: number;
} & (
  | { durable?: true; handler: DurableLambdaHandler }
  /** Called with the input; runs again from its beginning when the process dies in the middle. */
  | { durable: false; handler: (input: unknown, context: LambdaContext) => Promise<unknown> }
);

/** The parts of Lambda's context object that mean something here. */
export interface LambdaContext {
  awsRequestId: string;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  logGroupName: string;
  logStreamName: string;
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
}

export interface ResumeSummary {
  /** Runs that were queued again. */
  resumed: number;
  /** Runs whose code changed; `startedAs` is null for those that another run had invoked. */
  codeChanged: { runId: string; startedAs: string | null }[];
  /** Runs that ended because their flow is gone, or because the process has ended under them too often. */
  abandoned: string[];
}

/**
 * Completes callbacks that flows wait for.
 * @throws RequestRejectedError: `not-found`, or `conflict` for one that has ended.
 */
export interface Callbacks {
  /** `result` reaches the flow as it is; a flow with a serdes expects serialised text. */
  succeed(callbackId: string, result?: string): void;
  fail(callbackId: string, error: RunError): void;
  /** Restarts the heartbeat time-out. */
  heartbeat(callbackId: string): void;
}

export interface RunEvent {
  /** Grows within a run. */
  seq: number;
  /** ISO 8601 UTC. */
  at: string;
  /**
   * Named like the events of the AWS history (`ExecutionStarted`, `StepSucceeded`, `WaitStarted`,
   * `InvocationCompleted`, …), and `StepRetryScheduled`, `StepReady`.
   */
  type: string;
  taskId: string | null;
  task: string | null;
  /** Small facts of the event: attempt, next attempt, error, duration in ms. */
  detail: Record<string, unknown>;
}

export interface NewLogLine {
  level: LogLevel;
  message: string;
  task?: string | null;
  attempt?: number | null;
  fields?: Record<string, unknown>;
}
