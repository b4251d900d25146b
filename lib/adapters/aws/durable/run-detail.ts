import type { RunDetail } from '../../../domain/run.ts';
import { parseOr } from './execution-answer.ts';
import { isRunId } from './execution-arn.ts';
import { inRunOf, openRunState, tasksOf } from './history-tasks.ts';
import { noteChange } from './note-change.ts';
import { hasEnded, summaryOf, type RunRecord } from './run-record.ts';
import type { RunParts } from './run-parts.ts';

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
  if (execution === undefined) return detailOfRecord(parts, record);

  // News that got lost would leave it open for ever.
  const current = await noteChange(parts, record, execution);
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

/** The service keeps what ended for some weeks; a run that has just begun it may not know yet. */
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
