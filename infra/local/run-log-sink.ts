import type { LogSink } from '../../lib/runtime/logging.ts';
import type { Engine } from './engine/engine-interface.ts';

/** Fields that place a line; in the run's own log they stand in columns or go without saying. */
const placingFields = new Set(['flow', 'executionArn', 'requestId', 'task', 'attempt']);

/** A sink that keeps the lines of a run in the run's log, and shows every line. */
export function keepRunLog(engine: Engine, showLine: LogSink): LogSink {
  return (record) => {
    const { executionArn, task, attempt } = record.fields;
    const runId =
      typeof executionArn === 'string' ? engine.runIdOfExecution(executionArn) : undefined;
    if (runId !== undefined) {
      engine.log(runId, {
        level: record.level,
        message: record.message,
        task: typeof task === 'string' ? task : null,
        attempt: typeof attempt === 'number' ? attempt : null,
        fields: Object.fromEntries(
          Object.entries(record.fields).filter(([name]) => !placingFields.has(name)),
        ),
      });
    }
    showLine(record);
  };
}
