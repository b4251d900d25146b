import type { LogLevel } from '../domain/run.ts';

/** One line of log: a fixed sentence and the ids and figures that belong to it. */
export interface LogRecord {
  /** Milliseconds since the epoch. */
  at: number;
  level: LogLevel;
  message: string;
  fields: Record<string, unknown>;
}

export type LogSink = (record: LogRecord) => void;

export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

const severityOf: Record<LogLevel, number> = { debug: 10, info: 20, warn: 30, error: 40 };

/** CloudWatch and most collectors read one JSON object a line. */
export function writeJsonLine({ at, level, message, fields }: LogRecord): void {
  const line = { timestamp: new Date(at).toISOString(), level, message, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

let currentSink: LogSink = writeJsonLine;

/**
 * Sends all log records of this process elsewhere. The local host shows them as text and keeps the
 * lines of a run with the run; a Lambda function leaves the default.
 */
export function setLogSink(sink: LogSink): void {
  currentSink = sink;
}

function lowestLevel(): LogLevel {
  const wanted = process.env['LOG_LEVEL']?.toLowerCase();
  return wanted === 'debug' || wanted === 'warn' || wanted === 'error' ? wanted : 'info';
}

/** Writes one record, unless its level lies under `LOG_LEVEL` (debug, info, warn or error; default info). */
export function writeLog(level: LogLevel, message: string, fields: Record<string, unknown>): void {
  if (severityOf[level] < severityOf[lowestLevel()]) return;
  currentSink({ at: Date.now(), level, message, fields });
}

/** A logger whose lines all carry `base`. */
export function createLogger(base: Record<string, unknown> = {}): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      writeLog(level, message, { ...base, ...fields });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** What of an error belongs into a log line: no cause chains of other services' bodies. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  return { error: error.message, errorType: error.name, stack: error.stack };
}
