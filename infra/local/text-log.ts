import { formatFields } from '../../lib/dashboard/run-text.ts';
import { oneLineText } from '../../lib/domain/plain-text.ts';
import type { LogRecord, LogSink } from '../../lib/runtime/logging.ts';

/** Shown in a shorter form, or of no use to a person who watches. */
const hiddenFields = new Set(['executionArn', 'requestId', 'stack', 'attempt']);

/** `14:02:11 warn component-analysis: Task attempt failed (task=report, error=…)` */
export function formatLine({ at, level, message, fields }: LogRecord): string {
  const time = new Date(at).toISOString().slice(11, 19);
  const { flow, ...rest } = fields;
  const place = typeof flow === 'string' ? `${flow}: ` : '';
  const mark = level === 'info' ? '' : `${level} `;
  return oneLineText(`${time} ${mark}${place}${message}${formatFields(rest, hiddenFields)}`);
}

/** A sink that writes one line of text a record. */
export function textSink(stream: NodeJS.WritableStream): LogSink {
  return (record) => stream.write(`${formatLine(record)}\n`);
}
