import type {
  ErrorObject,
  ExecutionStatus,
  GetDurableExecutionResponse,
} from '@aws-sdk/client-lambda';
import { parseOr } from '../../../domain/parse-or.ts';
import type { RunError, RunState } from '../../../domain/run.ts';

/** What the service knows of an execution. */
export interface Execution {
  state: RunState;
  /** ISO 8601 UTC, like all times here. */
  startedAt: string;
  /** Null unless it has ended. */
  endedAt: string | null;
  /** JSON, as the function was given it. */
  input: string;
  /** Null without one. */
  result: unknown;
  error: RunError | null;
}

/** @param now milliseconds since the epoch, for an answer that does not say when */
export function readExecution(answer: GetDurableExecutionResponse, now: number): Execution {
  const { EndTimestamp, Error, InputPayload, Result, StartTimestamp, Status } = answer;
  const state = runStateOf(Status);
  const end = EndTimestamp ?? new Date(now);
  return {
    state,
    startedAt: (StartTimestamp ?? new Date(now)).toISOString(),
    endedAt: state === 'running' ? null : end.toISOString(),
    input: InputPayload ?? '{}',
    result: Result === undefined ? null : parseOr(Result, Result),
    error: Error === undefined ? null : runErrorOf(Error),
  };
}

const states: Record<ExecutionStatus, RunState> = {
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed_out',
  STOPPED: 'stopped',
};

/** A status of tomorrow is no end. */
export function runStateOf(status: ExecutionStatus | undefined): RunState {
  return status === undefined ? 'running' : (states[status] ?? 'running');
}

export function runErrorOf({ ErrorMessage, ErrorType }: ErrorObject): RunError {
  return { type: ErrorType ?? 'Error', message: ErrorMessage ?? '' };
}
