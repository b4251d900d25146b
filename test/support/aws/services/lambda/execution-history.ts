import { EventType, type ErrorObject, type Event } from '@aws-sdk/client-lambda';
import type { RunEvent } from '../../../../../infra/local/engine/engine.ts';
import { isJsonObject } from '../../wire/json-object.ts';
import type { RunDetail } from '../../../../../lib/domain/run.ts';

/** What the engine calls otherwise than the service. */
const renamed: Readonly<Record<string, string>> = { StepRetryScheduled: 'StepFailed' };

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
  // The engine knows more: that a step is ready for its next attempt.
  const told = events.flatMap((event) => {
    const type = renamed[event.type] ?? event.type;
    return isEventType(type) ? [{ event, type }] : [];
  });
  return told.map(({ event, type }, index) => toEvent(type, index + 1, { run, event, options }));
}

function isEventType(type: string): type is EventType {
  return Object.values<string>(EventType).includes(type);
}

function toEvent(type: EventType, id: number, source: Source): Event {
  const { at, detail, task, taskId } = source.event;
  return {
    EventType: type,
    EventId: id,
    EventTimestamp: new Date(at),
    ...(taskId !== null && { Id: taskId }),
    ...(task !== null && { Name: task }),
    ...(typeof detail['parentId'] === 'string' && { ParentId: detail['parentId'] }),
    [`${type}Details`]: details(type, source),
  };
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
    case 'WaitSucceeded':
    case 'StepStarted':
    case 'ContextStarted':
      return {};
    case 'CallbackStarted':
      return { CallbackId: String(event.detail['callbackId']) };
    case 'ChainedInvokeStarted':
      return { FunctionName: event.task ?? '' };
    default:
      return type.endsWith('Succeeded') ? { Result: { Truncated: true } } : error;
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
  const { type, message } = isJsonObject(detail['error']) ? detail['error'] : detail;
  return {
    ...(typeof type === 'string' && { ErrorType: type }),
    ...(typeof message === 'string' && { ErrorMessage: message }),
  };
}
