import type { ErrorObject, Event, EventType } from '@aws-sdk/client-lambda';
import type { RunEvent } from '../../../../../infra/local/engine/engine.ts';
import type { RunDetail } from '../../../../../lib/domain/run.ts';

/** What an event of the engine is called by the service, where they differ; null: it does not tell it. */
const renamed: Readonly<Record<string, EventType | null>> = {
  StepRetryScheduled: 'StepFailed',
  StepReady: null,
  StepCancelled: null,
};

export interface HistoryOptions {
  executionTimeoutSeconds: number;
  /** Whether inputs, results and errors are told. */
  includeData: boolean;
}

/**
 * The history as the service tells it, oldest first. Results of steps are left out, which the service does
 * only where they are long: the engine's history does not have them.
 */
export function executionHistory(
  run: RunDetail,
  events: readonly RunEvent[],
  options: HistoryOptions,
): Event[] {
  const told = events.flatMap((event) => {
    const name = renamed[event.type];
    const type = name === undefined ? event.type : name;
    return type === null ? [] : [{ event, type: type as EventType }];
  });
  return told.map(({ event, type }, index) => ({
    EventType: type,
    EventId: index + 1,
    EventTimestamp: new Date(event.at),
    ...(event.taskId !== null && { Id: event.taskId }),
    ...(event.task !== null && { Name: event.task }),
    ...(typeof event.detail['parentId'] === 'string' && { ParentId: event.detail['parentId'] }),
    [`${type}Details`]: details(type, { run, event, options }),
  }));
}

interface Source {
  run: RunDetail;
  event: RunEvent;
  options: HistoryOptions;
}

function details(type: EventType, source: Source): object {
  const { run, event, options } = source;
  const data = <Value>(value: Value) => (options.includeData ? { Payload: value } : {});
  const error = { Error: data(errorOf(event)) };
  switch (type) {
    case 'ExecutionStarted':
      return {
        Input: data(JSON.stringify(run.input)),
        ExecutionTimeout: options.executionTimeoutSeconds,
      };
    case 'ExecutionSucceeded':
      return { Result: data(run.result === null ? undefined : JSON.stringify(run.result)) };
    case 'InvocationCompleted':
      return invocationDetails(event, error);
    case 'StepSucceeded':
      return { Result: { Truncated: true }, RetryDetails: retryDetails(event) };
    case 'StepFailed':
      return { ...error, RetryDetails: retryDetails(event) };
    case 'WaitStarted':
      return waitDetails(event);
    case 'CallbackStarted':
      return { CallbackId: String(event.detail['callbackId']) };
    case 'ChainedInvokeStarted':
      return { FunctionName: event.task ?? '' };
    default:
      return type.endsWith('Started')
        ? {}
        : type.endsWith('Succeeded')
          ? { Result: { Truncated: true } }
          : error;
  }
}

function invocationDetails({ at, detail }: RunEvent, error: object): object {
  const end = Date.parse(at);
  return {
    StartTimestamp: new Date(end - Number(detail['milliseconds'] ?? 0)),
    EndTimestamp: new Date(end),
    RequestId: String(detail['requestId']),
    ...(detail['error'] !== undefined && error),
  };
}

function retryDetails({ at, detail }: RunEvent): object {
  const next = detail['nextAttemptAt'];
  const delay = typeof next === 'string' ? Date.parse(next) - Date.parse(at) : undefined;
  return {
    CurrentAttempt: Number(detail['attempt'] ?? 1),
    ...(delay !== undefined && { NextAttemptDelaySeconds: Math.round(delay / 1000) }),
  };
}

function waitDetails({ at, detail }: RunEvent): object {
  const until = new Date(String(detail['until']));
  const seconds = Math.round((until.getTime() - Date.parse(at)) / 1000);
  return { Duration: seconds, ScheduledEndTimestamp: until };
}

/** Of a task it lies within the detail, of an execution it is the detail. */
function errorOf({ detail }: RunEvent): ErrorObject {
  const { type, message } = (detail['error'] ?? detail) as { type?: string; message?: string };
  return { ErrorType: type, ErrorMessage: message };
}
