import { z } from 'zod';
import { runStates } from './run-states.ts';

export const runStateSchema = z.enum(runStates);
export type RunState = z.infer<typeof runStateSchema>;

export const finalRunStates: readonly RunState[] = ['succeeded', 'failed', 'timed_out', 'stopped'];

/** What starting a run by its name has come to. */
export const startedRunSchema = z.object({
  runId: z.string(),
  /** False when there was a run of this name already. */
  created: z.boolean(),
});
export type StartedRun = z.infer<typeof startedRunSchema>;

export const runSelectionSchema = z.enum([
  'all',
  /** All but the routine: runs that a schedule has started and that succeeded. */
  'without-routine',
  /** What a person should look at: runs that failed, timed out or hung. */
  'attention',
]);
export type RunSelection = z.infer<typeof runSelectionSchema>;

/** What lists show where nobody asks for more: routine would bury everything else. */
export function usualSelection(flow: string | undefined): RunSelection {
  return flow === undefined ? 'without-routine' : 'all';
}

/** Why a run was started. */
export const causeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delivery'), deliveryId: z.string() }),
  z.object({ kind: z.literal('schedule'), schedule: z.string() }),
  z.object({ kind: z.literal('cli') }),
  z.object({ kind: z.literal('setup') }),
  /** Another run: a retry, a restart after an upgrade, or an invoke. */
  z.object({ kind: z.literal('run'), runId: z.string() }),
]);
export type Cause = z.infer<typeof causeSchema>;

export const runErrorSchema = z.object({ type: z.string(), message: z.string() });
export type RunError = z.infer<typeof runErrorSchema>;

/** Type of the error of runs that other code had begun: they cannot go on, and have started again. */
export const codeChangedError = 'CodeChanged';

/** Type of the error of runs that were accepted and then dropped, before any code of theirs has run. */
export const lostError = 'Lost';

export const taskSchema = z.object({
  id: z.string(),
  /** The task that this one runs inside (map, parallel, child context). */
  parentId: z.string().nullable(),
  name: z.string(),
  kind: z.enum(['step', 'wait', 'callback', 'invoke', 'context']),
  state: z.enum(['pending', 'running', 'waiting', 'succeeded', 'failed', 'timed_out', 'stopped']),
  /** Attempts so far; 0 for kinds that are not attempted. */
  attempts: z.int().min(0),
  /** ISO 8601 UTC, like all times here. */
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** When it last began, was tried again or ended: one that asks again and again for hours is at work. */
  movedAt: z.string(),
  error: runErrorSchema.nullable(),
});
export type Task = z.infer<typeof taskSchema>;

export const runSummarySchema = z.object({
  id: z.string(),
  flow: z.string(),
  /** Unique: starting the same name twice gives the same run. */
  name: z.string(),
  state: runStateSchema,
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  cause: causeSchema,
  /** What it works on, for people: `lib of acme/shop`. Empty where its input does not say. */
  subject: z.string().default(''),
  hasReport: z.boolean().default(false),
  /** Type of the error that it has ended with; null without one. */
  errorType: z.string().nullable().default(null),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const runDetailSchema = runSummarySchema.extend({
  input: z.unknown(),
  result: z.unknown(),
  error: runErrorSchema.nullable(),
  tasks: z.array(taskSchema),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

export const logLevelSchema = z.enum(['debug', 'info', 'warn', 'error']);
export type LogLevel = z.infer<typeof logLevelSchema>;

export const runLogLineSchema = z.object({
  /** Grows within a run; pass the last one seen as `after` to read on. */
  seq: z.int(),
  at: z.string(),
  level: logLevelSchema,
  message: z.string(),
  /** Name of the task that wrote the line, if any. */
  task: z.string().nullable(),
  attempt: z.int().nullable(),
  /** Further fields of the line. */
  fields: z.record(z.string(), z.unknown()),
});
export type RunLogLine = z.infer<typeof runLogLineSchema>;
