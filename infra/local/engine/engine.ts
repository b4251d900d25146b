import { randomUUID } from 'node:crypto';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import { createCallbacks } from './callbacks.ts';
import { createCheckpointClient } from './checkpoint-client.ts';
import { openDatabase } from './database.ts';
import { createDueWork } from './due-work.ts';
import {
  createEngineContext,
  createTables,
  type EngineContext,
  type EngineSignals,
  type Tables,
} from './engine-context.ts';
import type { Engine, EngineOptions } from './engine-interface.ts';
import { runIdOfExecution } from './execution-arn.ts';
import { createInvoker } from './invoker.ts';
import { migrate } from './migrations.ts';
import { createRetention } from './retention.ts';
import { createRunLifecycle } from './run-lifecycle.ts';
import { createRunQueries } from './run-queries.ts';
import { createRunQueue } from './run-queue.ts';
import { runDetail } from './run-views.ts';
import { createRunWaiters } from './run-waiters.ts';
import { createRunsPort } from './runs-port.ts';
import { takeOver } from './takeover.ts';
import { createTimers } from './timers.ts';

export type * from './engine-interface.ts';

const defaultConcurrency = 32;
const defaultRetentionDays = 14;

/**
 * Opens the database file and gives the engine around it, at rest until `resume`.
 * @throws UpstreamError when the file is damaged, newer than this program, or the disk is full.
 */
export function createEngine(options: EngineOptions): Engine {
  const { now = Date.now, newId = randomUUID, onProblem = () => {} } = options;
  const tables = openTables(options.databaseFile);
  const { database, runs, operations, log } = tables;
  const waiters = createRunWaiters();
  const signals: EngineSignals = {
    runnable: (flow, runId) => invoker.enqueue(flow, runId),
    due: (at) => timers.expect(at),
    ended(runId) {
      invoker.release(runId);
      log.forget(runId);
      const run = waiters.has(runId) ? runs.get(runId) : undefined;
      if (run) waiters.settle(runId, runDetail(run, operations.list(runId)));
    },
  };
  const { codeVersion } = options;
  const context = createEngineContext({ tables, codeVersion, now, newId, signals });
  const lifecycle = createRunLifecycle(context);
  const dueWork = createDueWork(context, lifecycle);
  const timers = createTimers({ ...dueWork, now, onProblem });
  const client = createCheckpointClient(context, { lifecycle, runDueTimers: timers.runDue });
  const queue = createRunQueue({
    total: options.concurrency?.total ?? defaultConcurrency,
    perFlow: options.concurrency?.perFlow ?? {},
  });
  const invoker = createInvoker(context, { queue, client, lifecycle, onProblem });
  const days = options.retention?.days ?? defaultRetentionDays;
  const retention = createRetention({ tables, days, now, onProblem });
  const port = createRunsPort(context, lifecycle);
  let closed = false;

  return {
    ...createRunQueries(tables),
    ...port,
    callbacks: createCallbacks(context, lifecycle),
    runIdOfExecution,
    sweep: retention.sweep,
    register: (flow) => register(context, flow),
    resume() {
      const summary = takeOver(context, lifecycle);
      timers.start();
      retention.start();
      return summary;
    },
    log(runId, line) {
      // Code of a run that was cut off may still write when the engine is closed.
      if (!closed) log.append(runId, now(), line);
    },
    async waitForRun(runId, { signal } = {}) {
      const run = runs.get(runId);
      if (!run) throw new RequestRejectedError('not-found', 'There is no such run');
      if (run.endedAt !== null) return runDetail(run, operations.list(runId));
      return waiters.wait(runId, signal);
    },
    async drain(milliseconds) {
      invoker.stop();
      timers.stop();
      await Promise.race([context.active.idle(), afterDelay(milliseconds)]);
      return { interrupted: context.active.count() };
    },
    close() {
      if (closed) return;
      closed = true;
      invoker.stop();
      timers.stop();
      retention.stop();
      context.active.removeAll();
      waiters.rejectAll(new Error('The engine was closed'));
      database.close();
    },
  };
}

function openTables(file: string): Tables {
  const database = openDatabase(file);
  try {
    migrate(database);
    return createTables(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function register(context: EngineContext, flow: Parameters<Engine['register']>[0]): void {
  if (context.flows.has(flow.name)) {
    throw new RequestRejectedError('conflict', `The flow "${flow.name}" is registered twice`);
  }
  context.flows.set(flow.name, flow);
}

/** Does not keep the process alive for the rest of the delay. */
function afterDelay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
