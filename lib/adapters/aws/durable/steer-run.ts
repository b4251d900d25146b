import { RequestRejectedError } from '../../../domain/errors.ts';
import type { RunError } from '../../../domain/run.ts';
import { isRunId } from './execution-arn.ts';
import { noteChange } from './note-change.ts';
import type { RunParts } from './run-parts.ts';
import { hasEnded, type RunRecord } from './run-record.ts';
import { startRun } from './start-run.ts';

/**
 * Ends a run that has not ended; it is recorded at once, so that what looks for ended runs finds it.
 * @throws RequestRejectedError: `not-found`; UpstreamError
 */
export async function stopRun(parts: RunParts, runId: string, error: RunError): Promise<void> {
  const record = await requireRun(parts, runId);
  if (hasEnded(record)) return;
  const { executions, now } = parts;
  await executions.stop(record.arn, error);
  // It may have ended by itself just before.
  const execution = await executions.get(record.arn);
  const ended = execution !== undefined && hasEnded(execution) ? execution : undefined;
  const endedAt = new Date(now()).toISOString();
  await noteChange(parts, record, ended ?? { state: 'stopped', endedAt, error, result: null });
}

/**
 * Starts a run with the flow and the input of one that has ended.
 * @throws RequestRejectedError: `not-found`, or `conflict` for a run that has not ended; UpstreamError
 */
export async function retryRun(
  parts: RunParts,
  runId: string,
  name: string,
): Promise<{ runId: string }> {
  const record = await requireRun(parts, runId);
  if (!hasEnded(record)) {
    throw new RequestRejectedError('conflict', 'The run has not ended: stop it first');
  }
  const asked = await parts.names.get(record.name);
  if (asked === undefined) throw new RequestRejectedError('not-found', 'Its input is not kept');
  const { runId: retryId } = await startRun(parts, {
    flow: record.flow,
    name,
    input: JSON.parse(asked.input),
    cause: { kind: 'run', runId },
  });
  return { runId: retryId };
}

async function requireRun({ records }: RunParts, runId: string): Promise<RunRecord> {
  const record = isRunId(runId) ? await records.get(runId) : undefined;
  if (record === undefined) throw new RequestRejectedError('not-found', 'There is no such run');
  return record;
}
