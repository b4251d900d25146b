import { onTestFinished } from 'vitest';
import { setLogSink, writeJsonLine, type LogRecord } from '../../lib/runtime/logging.ts';

/** What is logged until the test has finished. */
export function keepLog(): readonly LogRecord[] {
  const records: LogRecord[] = [];
  setLogSink((record) => records.push(record));
  onTestFinished(() => setLogSink(writeJsonLine));
  return records;
}
