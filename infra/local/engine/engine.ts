import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '../../../lib/adapters/sqlite/database.ts';
import { migrate } from '../../../lib/adapters/sqlite/schema-version.ts';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { createCallbacks } from './callbacks.ts';
import { CheckpointClient } from './checkpoint-client.ts';
import { createDueWork } from './due-work.ts';
import {
  createEngineContext,
  createTables,
  type EngineContext,
  type EngineSignals,
  type Tables,
} from './engine-context.ts';
import type { Engine, EngineOptions, ResumeSummary } from './engine-interface.ts';
import { runIdOfExecution, thisMachine } from './execution-arn.ts';
import { Invoker } from './invoker.ts';
import { migrations } from './migrations.ts';
import { createRetention } from './retention.ts';
import { RunLifecycle } from './run-lifecycle.ts';
import { createRunQueries } from './run-queries.ts';
import { createRunQueue } from './run-queue.ts';
import type { RunRecord } from './run-storage.ts';
import { runDetail } from './run-views.ts';
import { createRunWaiters } from './run-waiters.ts';
import { createRunsPort } from './runs-port.ts';
import { takeOver } from './takeover.ts';
import { createTimers } from './timers.ts';

export type * from './engine-interface.ts';

const nothingResumed: ResumeSummary = { resumed: 0, codeChanged: [], abandoned: [] };
const defaultConcurrency = 32;
const defaultRetentionDays = 14;

/**
 * Opens the database file and gives the engine around it, at rest until `resume`.
 * @throws UpstreamError when the file is damaged, newer than this program, or the disk is full.
 */
export function createEngine(options: EngineOptions): Engine {
  const database = openDatabase(options.databaseFile);
  try {
    return createEngineOver(database, options);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The same over a database that is open already; `close` closes it. */
export function createEngineOver(
  database: Database,
  options: Omit<EngineOptions, 'databaseFile'>,
): Engine {
  migrate(database, migrations);
  const parts = assemble(createTables(database), options);
  const { context, lifecycle, invoker, timers, retention, waiters, onProblem } = parts;
  const { tables, active, now } = context;
  let closed = false;

  return {
    ...createRunQueries(tables),
    ...createRunsPort(context, lifecycle),
    callbacks: createCallbacks(context, lifecycle),
    runIdOfExecution,
    sweep: () => retention.sweep(),
    register: (flow) => register(context, flow),
    resume() {
      const summary = options.ownRunsOnly === true ? nothingResumed : takeOver(context, lifecycle);
      timers.start();
      retention.start();
      return summary;
    },
    log(runId, line) {
      // Code of a run that was cut off may still write when the engine is closed.
      if (closed) return;
      try {
        tables.log.append(runId, now(), line);
      } catch (error) {
        // A full disk must not fail the code that only says something.
        onProblem(error instanceof Error ? error : new Error(String(error)));
      }
    },
    async waitForRun(runId, { signal } = {}) {
      const run = tables.runs.require(runId);
      return run.endedAt === null ? waiters.wait(runId, signal) : detailOf(tables, run);
    },
    async drain(milliseconds) {
      invoker.stop();
      timers.stop();
      await settledWithin(active.idle(), milliseconds);
      return { interrupted: active.count() };
    },
    close() {
      if (closed) return;
      closed = true;
      invoker.stop();
      timers.stop();
      retention.stop();
      active.removeAll();
      waiters.rejectAll(new Error('The engine was closed'));
      tables.database.close();
    },
  };
}

/** Makes the parts and joins them by the signals that changes in the tables send. */
function assemble(tables: Tables, options: Omit<EngineOptions, 'databaseFile'>) {
  const { now = Date.now, newId = randomUUID, onProblem = () => {}, codeVersion } = options;
  const { place = thisMachine } = options;
  const waiters = createRunWaiters();
  const own = options.ownRunsOnly === true ? new Set<string>() : undefined;
  const signals: EngineSignals = {
    started: (runId) => own?.add(runId),
    runnable: (flow, runId) => {
      if (own === undefined || own.has(runId)) invoker.enqueue(flow, runId);
    },
    due: (at) => timers.expect(at),
    ended(runId) {
      invoker.release(runId);
      tables.log.forget(runId);
      waiters.settle(runId, () => detailOf(tables, tables.runs.require(runId)));
    },
  };
  const context = createEngineContext({ tables, codeVersion, place, now, newId, signals });
  const lifecycle = new RunLifecycle(context);
  const timers = createTimers({ ...createDueWork(context, lifecycle, own), now, onProblem });
  const runDueTimers = () => timers.runDue();
  const client = new CheckpointClient(context, { lifecycle, runDueTimers });
  const queue = createRunQueue({
    total: options.concurrency?.total ?? defaultConcurrency,
    perFlow: options.concurrency?.perFlow ?? {},
  });
  const invoker = new Invoker(context, { queue, client, lifecycle, onProblem });
  const days = options.retention?.days ?? defaultRetentionDays;
  const retention = createRetention({ tables, days, now, onProblem });
  return { context, lifecycle, invoker, timers, retention, waiters, onProblem };
}

function register(context: EngineContext, flow: Parameters<Engine['register']>[0]): void {
  if (context.flows.has(flow.name)) {
    throw new RequestRejectedError('conflict', `The flow "${flow.name}" is registered twice`);
  }
  context.flows.set(flow.name, flow);
}

function detailOf(tables: Tables, run: RunRecord): RunDetail {
  return runDetail(run, tables.operations.list(run.id));
}

async function settledWithin(promise: Promise<void>, milliseconds: number): Promise<void> {
  const { promise: timeout, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([promise, timeout]);
  clearTimeout(timer);
}
