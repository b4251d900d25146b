import { plainText } from '../../lib/domain/plain-text.ts';
import type { LogRecord, LogSink } from '../../lib/runtime/logging.ts';

/** Shown in a shorter form, or of no use to a person who watches. */
const hiddenFields = new Set(['executionArn', 'requestId', 'stack', 'attempt']);

function formatValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `14:02:11 warn component-analysis: Task attempt failed (task=report, error=…)` */
export function formatLine({ at, level, message, fields }: LogRecord): string {
  const time = new Date(at).toISOString().slice(11, 19);
  const { flow, ...rest } = fields;
  const details = Object.entries(rest)
    .filter(([name, value]) => value !== undefined && !hiddenFields.has(name))
    .map(([name, value]) => `${name}=${formatValue(value)}`)
    .join(', ');
  const place = typeof flow === 'string' ? `${flow}: ` : '';
  const mark = level === 'info' ? '' : `${level} `;
  return plainText(`${time} ${mark}${place}${message}${details === '' ? '' : ` (${details})`}`);
}

/** A sink that writes one line of text a record. */
export function textSink(stream: NodeJS.WritableStream): LogSink {
  return (record) => stream.write(`${formatLine(record)}\n`);
}
