import {
  withDurableExecution,
  type DurableContext,
  type DurableLambdaHandler,
} from '@aws/durable-execution-sdk-js';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { openDatabase, type Database } from '../../../lib/adapters/sqlite/database.ts';
import {
  createEngineOver,
  type Engine,
  type EngineOptions,
} from '../../../infra/local/engine/engine.ts';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export type TestFlow = (
  input: Record<string, unknown>,
  context: DurableContext,
) => Promise<unknown>;

export function durable(flow: TestFlow): DurableLambdaHandler {
  return withDurableExecution(flow);
}

export interface EngineFixtureOptions extends Partial<EngineOptions> {
  executionTimeoutSeconds?: number;
  /** Instead of a file of its own. */
  database?: Database;
}

/** An engine over a real file that knows `flows` and has resumed; closed after the test. */
export function startEngine(
  flows: Record<string, TestFlow>,
  { executionTimeoutSeconds = 60, database, ...options }: EngineFixtureOptions = {},
): Engine {
  const file = options.databaseFile ?? join(temporaryFolder(), 'cicd.db');
  const engine = createEngineOver(database ?? openDatabase(file), {
    codeVersion: 'one',
    ...options,
  });
  onTestFinished(() => engine.close());
  for (const [name, flow] of Object.entries(flows)) {
    engine.register({ name, executionTimeoutSeconds, handler: durable(flow) });
  }
  engine.resume();
  return engine;
}

let names = 0;

export async function startRun(engine: Engine, flow: string, input: unknown = {}): Promise<string> {
  names += 1;
  const { runId } = await engine.start({ flow, name: `n-${names}`, input, cause: { kind: 'cli' } });
  return runId;
}

/** Starts a run and gives it when it has ended. */
export async function runToEnd(
  engine: Engine,
  flow: string,
  input: unknown = {},
): Promise<RunDetail> {
  return engine.waitForRun(await startRun(engine, flow, input));
}

/** Resolves as soon as `condition` gives a value; the test's own time limit ends it otherwise. */
export async function eventually<Value>(
  condition: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    await delay(5);
  }
}

export async function inState(engine: Engine, runId: string, state: string): Promise<RunDetail> {
  return eventually(async () => {
    const run = await engine.get(runId);
    return run?.state === state ? run : undefined;
  });
}

/** Resolves from outside: a step that is in flight for as long as the test wants. */
export function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}
