import { z } from 'zod';
import { subjectOf } from '../../../domain/run-subject.ts';
import {
  finalRunStates,
  runErrorSchema,
  runSummarySchema,
  type Cause,
  type RunError,
  type RunState,
  type RunSummary,
} from '../../../domain/run.ts';

/** What is kept of a run for as long as lists show it. */
export const runRecordSchema = runSummarySchema.extend({
  /** ARN of its durable execution. */
  arn: z.string(),
  /** How it has ended, for when the service has forgotten; shortened. */
  error: runErrorSchema.nullable(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** Of a stack trace that came as a message, the beginning says enough. */
const longestMessage = 2_000;

/** A run that the service has taken and nothing is known of yet. `startedAt`: milliseconds since the epoch. */
export function newRunRecord(run: {
  id: string;
  arn: string;
  flow: string;
  name: string;
  input: unknown;
  cause: Cause;
  startedAt: number;
}): RunRecord {
  const { input, startedAt, ...known } = run;
  return {
    ...known,
    state: 'pending',
    startedAt: new Date(startedAt).toISOString(),
    endedAt: null,
    subject: subjectOf(input),
    hasReport: false,
    errorType: null,
    error: null,
  };
}

/** What the service says of a run. */
export interface RunChange {
  state: RunState;
  /** ISO 8601 UTC; null unless the run has ended. */
  endedAt: string | null;
  result: unknown;
  error: RunError | null;
}

const reportingResultSchema = z.object({ report: z.string() });

/**
 * The record after a change that may be told late, twice or out of order: what has begun is never pending
 * again, and the first end counts.
 * @returns the same object where nothing changes
 */
export function withChange(record: RunRecord, change: RunChange): RunRecord {
  if (hasEnded(record) || record.state === change.state) return record;
  if (change.state === 'pending') return record;
  const { endedAt, error, state } = change;
  return {
    ...record,
    state,
    endedAt,
    hasReport: reportingResultSchema.safeParse(change.result).success,
    errorType: error?.type ?? null,
    error: error && { ...error, message: error.message.slice(0, longestMessage) },
  };
}

export function hasEnded({ state }: Pick<RunSummary, 'state'>): boolean {
  return finalRunStates.includes(state);
}

/** Without what only this adapter needs. */
export function summaryOf(record: RunRecord): RunSummary {
  const { arn: _arn, error: _error, ...summary } = record;
  return summary;
}
