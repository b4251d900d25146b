import type {
  Cause,
  RunDetail,
  RunLogLine,
  RunSelection,
  RunState,
  RunSummary,
  StartedRun,
} from '../domain/run.ts';

export interface StartRun {
  flow: string;
  /** 1–64 of `[A-Za-z0-9-_]`; the key of "exactly one run per cause". */
  name: string;
  /** JSON-serialisable. */
  input: unknown;
  cause: Cause;
}

export interface RunQuery {
  flow?: string | undefined;
  state?: RunState | undefined;
  /** Default: all. Narrows what `flow` and `state` let through. */
  select?: RunSelection | undefined;
  /** Runs in one answer. */
  limit: number;
  /** The `next` of the answer before. */
  cursor?: string | undefined;
}

/** Starts, lists and steers runs. The same port in front of the embedded engine and of AWS Lambda. */
export interface Runs {
  /**
   * Starts a run, or finds the one that has this name already.
   * @throws RequestRejectedError when the flow is unknown, the name invalid, or a run of this name has another input.
   */
  start(request: StartRun): Promise<StartedRun>;
  /** Newest first. */
  list(query: RunQuery): Promise<{ runs: RunSummary[]; next: string | null }>;
  /** Undefined when there is no such run (any more). */
  get(runId: string): Promise<RunDetail | undefined>;
  /** What lists tell of a run: on AWS, get asks far more. Undefined when there is no such run (any more). */
  getSummary(runId: string): Promise<RunSummary | undefined>;
  /** The run of this name; undefined when there is none (any more). */
  findByName(name: string): Promise<RunSummary | undefined>;
  /** Lines with `seq` above `after`, oldest first. */
  logs(runId: string, options?: { after?: number; limit?: number }): Promise<RunLogLine[]>;
  /**
   * Ends a run that has not ended; without effect on one that has.
   * @param options `errorType` tells who has stopped it, and why, to programs. Default: `Stopped`.
   */
  stop(runId: string, reason: string, options?: { errorType?: string }): Promise<void>;
  /**
   * Starts a new run with the same flow and input.
   * @param options `name` of the new run, where asking twice is to give one run. Default: a new name.
   */
  retry(runId: string, options?: { name?: string }): Promise<{ runId: string }>;
}
