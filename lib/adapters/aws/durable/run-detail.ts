import { UpstreamError } from '../../../domain/errors.ts';
import { lostError, type RunDetail } from '../../../domain/run.ts';
import { createLogger, errorFields } from '../../../runtime/logging.ts';
import { parseOr } from '../../../domain/parse-or.ts';
import { isRunId } from './execution-arn.ts';
import { inRunOf, openRunState, tasksOf } from './history-tasks.ts';
import { noteChange } from './note-change.ts';
import { hasEnded, summaryOf, withChange, type RunChange, type RunRecord } from './run-record.ts';
import type { RunParts } from './run-parts.ts';

/** A run that was started longer ago than that is known to the service: Lambda keeps a start for 6 hours. */
const surelyKnownMs = 7 * 3_600_000;

/** A run with all that is known of it; undefined when there is none (any more). @throws UpstreamError */
export async function getRun(parts: RunParts, runId: string): Promise<RunDetail | undefined> {
  if (!isRunId(runId)) return undefined;
  const record = await parts.records.get(runId);
  if (record === undefined) return undefined;
  const { executions } = parts;
  const [execution, events] = await Promise.all([
    executions.get(record.arn),
    executions.history(record.arn),
  ]);
  if (execution === undefined) return detailOfRecord(parts, await withoutExecution(parts, record));

  const current = await correct(parts, record, execution);
  const tasks = tasksOf(events);
  const state = hasEnded(current) ? current.state : openRunState(tasks);
  return {
    ...summaryOf(current),
    state,
    input: parseOr(execution.input, execution.input),
    result: execution.result,
    error: execution.error ?? current.error,
    tasks: inRunOf(state, tasks),
  };
}

/** News that got lost would leave a run open for ever, and what waits for its end waiting. */
async function correct(parts: RunParts, record: RunRecord, change: RunChange): Promise<RunRecord> {
  const after = withChange(record, change);
  if (after === record) return record;
  try {
    return await noteChange(parts, record, change);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    // Whoever may look and not write sees the run as it is all the same.
    const log = createLogger();
    log.warn('The record of a run stays out of date', { runId: record.id, ...errorFields(error) });
    return after;
  }
}

/** The service knows a run from its start until some weeks after its end: what it does not know has ended. */
async function withoutExecution(parts: RunParts, record: RunRecord): Promise<RunRecord> {
  const now = parts.now();
  if (now - Date.parse(record.startedAt) < surelyKnownMs) return record;
  const error = { type: lostError, message: 'Lambda has accepted this run and not begun it.' };
  const endedAt = new Date(now).toISOString();
  return correct(parts, record, { state: 'failed', endedAt, result: null, error });
}

/** What is known without the service. */
async function detailOfRecord({ names }: RunParts, record: RunRecord): Promise<RunDetail> {
  const name = await names.get(record.name);
  return {
    ...summaryOf(record),
    input: name === undefined ? null : parseOr(name.input, name.input),
    result: null,
    error: record.error,
    tasks: [],
  };
}
