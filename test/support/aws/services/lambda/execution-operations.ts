import type * as client from '@aws-sdk/client-lambda';
import type { WireOperation } from '@aws/durable-execution-sdk-js';
import { RequestRejectedError } from '../../../../../lib/domain/errors.ts';
import type { Operation } from '../../service.ts';
import { AwsError } from '../../wire/aws-error.ts';
import {
  executionStatus,
  type DurableExecutions,
  type ExecutionView,
} from './durable-executions.ts';
import { executionHistory } from './execution-history.ts';
import { parseReference, type KnownFunctions } from './known-functions.ts';

const eventsPerPage = 1_000;

export interface ExecutionParts {
  executions: DurableExecutions;
  functions: KnownFunctions;
}

/** The part of the Lambda API that reads and steers durable executions. */
export function executionOperations(parts: ExecutionParts): Record<string, Operation> {
  const { executions } = parts;
  const { callbacks } = executions.engine;
  return {
    ...checkpointOperations(executions),
    ...readingOperations(parts),
    async StopDurableExecution(input: client.StopDurableExecutionCommandInput) {
      const { run } = await executions.require(input.DurableExecutionArn);
      const { ErrorMessage = 'Stopped', ErrorType = 'Stopped' } = input.Error ?? {};
      await executions.engine.stop(run.id, ErrorMessage, { errorType: ErrorType });
      return { StopTimestamp: new Date() };
    },
    SendDurableExecutionCallbackSuccess: (
      input: client.SendDurableExecutionCallbackSuccessRequest,
    ) =>
      completing(() =>
        callbacks.succeed(
          input.CallbackId ?? '',
          input.Result === undefined ? undefined : Buffer.from(input.Result).toString(),
        ),
      ),
    SendDurableExecutionCallbackFailure: (
      input: client.SendDurableExecutionCallbackFailureCommandInput,
    ) =>
      completing(() => {
        const { ErrorType = 'Error', ErrorMessage = '' } = input.Error ?? {};
        callbacks.fail(input.CallbackId ?? '', { type: ErrorType, message: ErrorMessage });
      }),
    SendDurableExecutionCallbackHeartbeat: (
      input: client.SendDurableExecutionCallbackHeartbeatCommandInput,
    ) => completing(() => callbacks.heartbeat(input.CallbackId ?? '')),
  };
}

/** What the SDK inside of a function asks for. */
function checkpointOperations(executions: DurableExecutions): Record<string, Operation> {
  return {
    async CheckpointDurableExecution(input: client.CheckpointDurableExecutionCommandInput) {
      const answer = await checkpointing(() =>
        executions.clientOf(input.DurableExecutionArn).checkpoint(input),
      );
      const operations = answer.NewExecutionState?.Operations ?? [];
      return { ...answer, NewExecutionState: { Operations: operations.map(withDates) } };
    },
    async GetDurableExecutionState(input: client.GetDurableExecutionStateCommandInput) {
      const answer = await checkpointing(() =>
        executions.clientOf(input.DurableExecutionArn).getExecutionState(input),
      );
      return { ...answer, Operations: (answer.Operations ?? []).map(withDates) };
    },
  };
}

function readingOperations({ executions, functions }: ExecutionParts): Record<string, Operation> {
  return {
    async GetDurableExecution(input: client.GetDurableExecutionCommandInput) {
      const view = await executions.require(input.DurableExecutionArn);
      const { error, input: given, result } = view.run;
      const withData = input.IncludeExecutionData ?? true;
      return {
        ...executionSummary(view),
        Version: view.arn.split(':').at(-1)?.split('/')[0],
        ExecutionDataIncluded: withData,
        ...(withData && {
          InputPayload: JSON.stringify(given),
          ...(result !== null && { Result: JSON.stringify(result) }),
          ...(error !== null && {
            Error: { ErrorType: error.type, ErrorMessage: error.message },
          }),
        }),
      };
    },
    async GetDurableExecutionHistory(input: client.GetDurableExecutionHistoryCommandInput) {
      const { run } = await executions.require(input.DurableExecutionArn);
      const { known } = functions.resolve({ FunctionName: run.flow });
      const events = executionHistory(run, executions.engine.history(run.id), {
        executionTimeoutSeconds: known.executionTimeoutSeconds ?? 0,
        includeData: input.IncludeExecutionData ?? false,
      });
      if (input.ReverseOrder) events.reverse();
      const from = Number(input.Marker ?? 0);
      const end = from + (input.MaxItems ?? eventsPerPage);
      return {
        Events: events.slice(from, end),
        ...(end < events.length && { NextMarker: String(end) }),
      };
    },
    async ListDurableExecutionsByFunction(
      input: client.ListDurableExecutionsByFunctionCommandInput,
    ) {
      const { name } = parseReference(input);
      const { runs, next } = await executions.engine.list({
        flow: name,
        limit: input.MaxItems ?? 100,
        cursor: input.Marker,
      });
      const statuses: readonly string[] = input.Statuses ?? [];
      return {
        DurableExecutions: runs
          .map((run) => executionSummary({ arn: executions.arnOf(run), run }))
          .filter(({ Status }) => statuses.length === 0 || statuses.includes(Status)),
        ...(next !== null && { NextMarker: next }),
      };
    },
  };
}

type Summarised = Pick<ExecutionView['run'], 'name' | 'state' | 'startedAt' | 'endedAt'>;

function executionSummary({ arn, run }: { arn: string; run: Summarised }) {
  return {
    DurableExecutionArn: arn,
    DurableExecutionName: run.name,
    FunctionArn: arn.split('/durable-execution/')[0] ?? arn,
    Status: executionStatus(run),
    StartTimestamp: new Date(run.startedAt),
    ...(run.endedAt !== null && { EndTimestamp: new Date(run.endedAt) }),
  };
}

/** The engine keeps times as text; the API gives dates. */
function withDates(operation: WireOperation) {
  const { StartTimestamp, EndTimestamp, StepDetails: step, WaitDetails: wait } = operation;
  return {
    ...operation,
    StartTimestamp: toDate(StartTimestamp),
    EndTimestamp: toDate(EndTimestamp),
    ...(step && {
      StepDetails: { ...step, NextAttemptTimestamp: toDate(step.NextAttemptTimestamp) },
    }),
    ...(wait && {
      WaitDetails: { ...wait, ScheduledEndTimestamp: toDate(wait.ScheduledEndTimestamp) },
    }),
  };
}

function toDate(timestamp: Date | string | undefined): Date | undefined {
  return timestamp === undefined ? undefined : new Date(timestamp);
}

/** A checkpoint that may not be is the caller's fault. */
async function checkpointing<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsError || !(error instanceof Error)) throw error;
    throw new AwsError('InvalidParameterValueException', error.message);
  }
}

function completing(work: () => void): undefined {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RequestRejectedError)) throw error;
    const type =
      error.reason === 'not-found' ? 'ResourceNotFoundException' : 'CallbackTimeoutException';
    throw new AwsError(type, error.message);
  }
}
