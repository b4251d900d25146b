import { formatFields } from '../../lib/dashboard/run-text.ts';
import { oneLineText } from '../../lib/domain/plain-text.ts';
import type { LogRecord, LogSink } from '../../lib/runtime/logging.ts';
import { runIdOfExecution } from './engine/execution-arn.ts';

/** Shown in a shorter form, or of no use to a person who watches. */
const hiddenFields = new Set(['requestId', 'stack', 'attempt']);

/** `14:02:11 warn component-analysis 3f2a91c0: Task attempt failed (task=report, error=…)` */
export function formatLine({ at, level, message, fields }: LogRecord): string {
  const time = new Date(at).toISOString().slice(11, 19);
  const { executionArn, flow, ...rest } = fields;
  const place = typeof flow === 'string' ? `${flow}${formatRun(executionArn)}: ` : '';
  const mark = level === 'info' ? '' : `${level} `;
  return oneLineText(`${time} ${mark}${place}${message}${formatFields(rest, hiddenFields)}`);
}

/** Several runs of a flow may be at work: as much of the id as lists show. */
function formatRun(executionArn: unknown): string {
  const runId = typeof executionArn === 'string' ? runIdOfExecution(executionArn) : undefined;
  return runId === undefined ? '' : ` ${runId.slice(0, 8)}`;
}

/** A sink that writes one line of text a record. */
export function textSink(stream: NodeJS.WritableStream): LogSink {
  return (record) => stream.write(`${formatLine(record)}\n`);
}
