import { z } from 'zod';
import type { Store } from '../../../ports/store.ts';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { UpstreamError } from '../../../domain/errors.ts';
import type { RunState } from '../../../domain/run.ts';
import { runIdOf, unqualified } from './execution-arn.ts';
import { parseOr } from '../../../domain/parse-or.ts';
import { runStateOf, type Execution } from './execution-answer.ts';
import { noteChange } from './note-change.ts';
import { createRunParts, type RunParts } from './run-parts.ts';
import { hasEnded, newRunRecord, type RunRecord } from './run-record.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html */
const statusChangeSchema = z.object({
  detail: z.object({
    durableExecutionArn: z.string(),
    durableExecutionName: z.string(),
    /** With the version that it runs on. */
    functionArn: z.string(),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'STOPPED']),
    /** ISO 8601. */
    startTimestamp: z.coerce.date(),
    endTimestamp: z.coerce.date().optional(),
  }),
});
type StatusChange = z.infer<typeof statusChangeSchema>['detail'];

export interface StatusChangeOptions {
  lambda: LambdaClient;
  store: Store;
  /** Flow → ARN of its alias. Executions of other functions are ignored. */
  flows: Readonly<Record<string, string>>;
  /** Days for which ended runs are listed. Default: 14. */
  retentionDays?: number;
  /** Milliseconds since the epoch. Default: the system's clock. */
  now?: () => number;
}

/** What became of the news. */
export type RecordedChange =
  | { kind: 'ignored'; reason: string }
  /** `state`: the one that was told; `errorType`: of the error that the run has ended with, if any. */
  | { kind: 'recorded'; runId: string; flow: string; state: RunState; errorType: string | null };

/**
 * Records what EventBridge tells of a durable execution, late, twice or out of order as it may be.
 * @param event as EventBridge hands it to a function: `Durable Execution Status Change` of `aws.lambda`
 * @throws ZodError for another event; UpstreamError when it could not be recorded
 */
export async function recordStatusChange(
  event: unknown,
  options: StatusChangeOptions,
): Promise<RecordedChange> {
  const { detail } = statusChangeSchema.parse(event);
  const flow = flowOf(detail.functionArn, options.flows);
  if (flow === undefined) return { kind: 'ignored', reason: 'It is no flow of this stack' };

  const parts = createRunParts(options);
  const told = changeOf(detail, parts.now());
  const known = await parts.records.get(runIdOf(detail.durableExecutionArn));
  // The event tells neither result nor error, and of a run that nobody has started here no input.
  const asks = known === undefined || hasEnded(told);
  const execution = asks ? await parts.executions.get(detail.durableExecutionArn) : undefined;
  if (execution !== undefined && hasEnded(told) && !hasEnded(execution)) throw staleAnswer();
  const record = known ?? (await recordUnknown(parts, { detail, flow, execution }));
  const { result, error } = execution ?? { result: null, error: null };
  const after = await noteChange(parts, record, { ...told, result, error });
  await parts.names.assign(after.name, { runId: after.id, input: execution?.input });
  const { errorType, id } = after;
  return { kind: 'recorded', runId: id, flow, state: told.state, errorType };
}

/** The first end counts, and without a result it would be wrong for good. */
function staleAnswer(): UpstreamError {
  const message = 'Lambda has told the end of a run and does not know of it yet.';
  return new UpstreamError(message, { service: 'lambda', retryable: true });
}

function changeOf({ endTimestamp, status }: StatusChange, now: number) {
  const state = runStateOf(status);
  const endedAt = state === 'running' ? null : (endTimestamp ?? new Date(now)).toISOString();
  return { state, endedAt };
}

/** The news is faster than whoever started the run, or it was invoked past the system. */
async function recordUnknown(
  { names, records }: RunParts,
  {
    detail,
    execution,
    flow,
  }: { detail: StatusChange; execution: Execution | undefined; flow: string },
): Promise<RunRecord> {
  const arn = detail.durableExecutionArn;
  const name = detail.durableExecutionName;
  const id = runIdOf(arn);
  const claim = {
    flow,
    input: execution?.input ?? '{}',
    cause: { kind: 'cli' as const },
    runId: id,
  };
  const asked = await names.claim(name, claim);
  const input = parseOr(execution?.input ?? asked.input, null);
  const run = { id, arn, flow, name, cause: asked.cause, input };
  const startedAt = detail.startTimestamp.getTime();
  return records.change(id, (before) => before ?? newRunRecord({ ...run, startedAt }));
}

function flowOf(functionArn: string, flows: StatusChangeOptions['flows']): string | undefined {
  const wanted = unqualified(functionArn);
  return Object.entries(flows).find(([, arn]) => unqualified(arn) === wanted)?.[0];
}
