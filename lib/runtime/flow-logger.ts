import type { DurableLogger, DurableLoggingContext } from '@aws/durable-execution-sdk-js';
import type { LogLevel } from '../domain/run.ts';
import { writeLog } from './logging.ts';

/** The log of a run: lines of tasks that are only replayed are not written again. */
export interface FlowLogger extends DurableLogger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/**
 * The SDK silences this logger during replay and tells it, through the logging context, which task is
 * running; here both become fields of the line, by which the line finds its way into the run's log.
 */
export function createFlowLogger(flow: string): FlowLogger {
  let context: DurableLoggingContext | undefined;

  const at =
    (level: LogLevel) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      const data = context?.getDurableLogData();
      writeLog(level, message, {
        flow,
        executionArn: data?.executionArn,
        requestId: data?.requestId,
        task: data?.operationName,
        attempt: data?.attempt,
        ...fields,
      });
    };

  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    configureDurableLoggingContext: (given) => {
      context = given;
    },
  };
}
