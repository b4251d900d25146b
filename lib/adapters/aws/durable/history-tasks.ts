import type { ErrorObject, Event, EventType } from '@aws-sdk/client-lambda';
import type { RunState, Task } from '../../../domain/run.ts';
import { runErrorOf } from './execution-answer.ts';

/** What an event says of a task. Events of the execution itself and of its invocations say nothing of one. */
interface TaskChange {
  kind: Task['kind'];
  state: Task['state'];
}

const changes: Partial<Record<EventType, TaskChange>> = {
  StepStarted: { kind: 'step', state: 'running' },
  StepSucceeded: { kind: 'step', state: 'succeeded' },
  StepFailed: { kind: 'step', state: 'failed' },
  WaitStarted: { kind: 'wait', state: 'waiting' },
  WaitSucceeded: { kind: 'wait', state: 'succeeded' },
  WaitCancelled: { kind: 'wait', state: 'stopped' },
  CallbackStarted: { kind: 'callback', state: 'waiting' },
  CallbackSucceeded: { kind: 'callback', state: 'succeeded' },
  CallbackFailed: { kind: 'callback', state: 'failed' },
  CallbackTimedOut: { kind: 'callback', state: 'timed_out' },
  ChainedInvokeStarted: { kind: 'invoke', state: 'waiting' },
  ChainedInvokeSucceeded: { kind: 'invoke', state: 'succeeded' },
  ChainedInvokeFailed: { kind: 'invoke', state: 'failed' },
  ChainedInvokeTimedOut: { kind: 'invoke', state: 'timed_out' },
  ChainedInvokeStopped: { kind: 'invoke', state: 'stopped' },
  ContextStarted: { kind: 'context', state: 'running' },
  ContextSucceeded: { kind: 'context', state: 'succeeded' },
  ContextFailed: { kind: 'context', state: 'failed' },
};

/**
 * What a run has done so far, in the order of beginning.
 * @param events oldest first
 */
export function tasksOf(events: readonly Event[]): Task[] {
  const tasks = new Map<string, Task>();
  for (const event of events) {
    const change = event.EventType && changes[event.EventType];
    if (change === undefined || event.Id === undefined) continue;
    tasks.set(event.Id, taskAfter(tasks.get(event.Id), { ...event, Id: event.Id }, change));
  }
  return [...tasks.values()];
}

function taskAfter(
  before: Task | undefined,
  event: Event & { Id: string },
  { kind, state }: TaskChange,
): Task {
  const at = (event.EventTimestamp ?? new Date(0)).toISOString();
  const goesOn = state === 'running' || state === 'waiting';
  const waitsForRetry = (retryOf(event)?.NextAttemptDelaySeconds ?? 0) > 0;
  const error = errorOf(event);
  return {
    id: event.Id,
    parentId: event.ParentId ?? null,
    name: event.Name ?? before?.name ?? event.SubType ?? kind,
    kind,
    state: waitsForRetry ? 'waiting' : state,
    attempts: kind === 'step' ? attemptsAfter(before, event) : 0,
    startedAt: before?.startedAt ?? at,
    endedAt: goesOn || waitsForRetry ? null : at,
    movedAt: at,
    error: error === undefined ? null : runErrorOf(error),
  };
}

/** A step that waits for its next attempt ends its present one like any other. */
function retryOf(event: Event) {
  return (event.StepFailedDetails ?? event.StepSucceededDetails)?.RetryDetails;
}

/** An end says how many there were; a start is one more. */
function attemptsAfter(before: Task | undefined, event: Event): number {
  const sofar = before?.attempts ?? 0;
  if (event.EventType === 'StepStarted') return sofar + 1;
  return Math.max(sofar, retryOf(event)?.CurrentAttempt ?? 1);
}

function errorOf(event: Event): ErrorObject | undefined {
  const details =
    event.StepFailedDetails ??
    event.ContextFailedDetails ??
    event.CallbackFailedDetails ??
    event.CallbackTimedOutDetails ??
    event.ChainedInvokeFailedDetails ??
    event.ChainedInvokeTimedOutDetails ??
    event.ChainedInvokeStoppedDetails;
  return details?.Error?.Payload;
}

/** A run that goes on waits while one of its tasks does, and none is at work. */
export function openRunState(tasks: readonly Task[]): RunState {
  const works = tasks.some(({ kind, state }) => state === 'running' && kind !== 'context');
  const waits = tasks.some(({ state }) => state === 'waiting');
  return waits && !works ? 'waiting' : 'running';
}

/** Tasks that have not ended, as the state of their run lets them be seen. */
export function inRunOf(runState: RunState, tasks: readonly Task[]): Task[] {
  return tasks.map((task) => {
    if (task.endedAt !== null) return task;
    if (runState === 'waiting' && task.kind === 'context') return { ...task, state: 'waiting' };
    const goesOn = runState === 'running' || runState === 'waiting' || runState === 'pending';
    return goesOn ? task : { ...task, state: 'stopped' };
  });
}
