import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { createEngine, type Engine } from '../../../infra/local/engine/engine.ts';
import type { ScheduleDefinition } from '../../../lib/flows/schedules/definitions.ts';
import { createScheduler, type Scheduler } from '../../../infra/local/scheduler/scheduler.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { finalRunStates, type RunSummary } from '../../../lib/domain/run.ts';
import { createAgentPause, type AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { Runs } from '../../../lib/ports/runs.ts';
import { runIdOf } from '../../../lib/runtime/flow-context.ts';

export const minute = 60_000;

/** Where in a tick the process dies. */
export type Death = 'before the run is started' | 'after the run was started';

class Killed extends Error {}

/** What one process has open. */
interface Process {
  engine: Engine;
  scheduler: Scheduler;
  pause: AgentPause;
  close(): Promise<void>;
}

/** The real scheduler, engine and store on files, under a clock that the test sets. */
export class ScheduleWorld {
  /** Milliseconds since the epoch. */
  now: number;
  /** Whether runs that begin now go on until `endRuns`. */
  runsAreLong = false;
  /** The next tick kills the process there. */
  death: Death | undefined;
  readonly #folder: string;
  readonly #definitions: ScheduleDefinition[];
  /** Callback ids of the runs that were to be ended by `endRuns`, by run id. */
  readonly #longRuns = new Map<string, string | null>();
  #process: Process;

  constructor(options: { folder: string; start: string; definitions: ScheduleDefinition[] }) {
    this.#folder = options.folder;
    this.#definitions = options.definitions;
    this.now = Date.parse(options.start);
    this.#process = this.#open();
  }

  get scheduler(): Scheduler {
    return this.#process.scheduler;
  }

  get pause(): AgentPause {
    return this.#process.pause;
  }

  /** Lets the scheduler look at the clock; a process that dies of it is replaced by a new one. */
  async check(): Promise<{ died: boolean }> {
    let died = false;
    this.#onProblem = (problem) => {
      if (!(problem instanceof Killed)) throw problem;
      died = true;
    };
    await this.scheduler.check();
    if (died) await this.restart();
    else await this.settleRuns();
    return { died };
  }

  async restart(): Promise<void> {
    await this.close();
    this.#process = this.#open();
    await this.settleRuns();
  }

  async close(): Promise<void> {
    await this.#process.close();
  }

  async endRuns(): Promise<void> {
    const { engine } = this.#process;
    for (const runId of await this.listLongRuns()) {
      const callbackId = this.#longRuns.get(runId);
      if (typeof callbackId === 'string') engine.callbacks.succeed(callbackId);
      await engine.waitForRun(runId);
    }
  }

  /** Ids of the runs that go on until `endRuns`. */
  async listLongRuns(): Promise<string[]> {
    const { runs } = await this.#process.engine.list({ state: 'waiting', limit: 100 });
    return runs.map(({ id }) => id);
  }

  /** All runs, oldest first. */
  async listRuns(flow: string): Promise<RunSummary[]> {
    const runs: RunSummary[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#process.engine.list({ flow, limit: 1_000, cursor });
      runs.push(...page.runs);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return runs.toReversed();
  }

  #onProblem: (problem: Error) => void = (problem) => {
    throw problem;
  };

  #open(): Process {
    const now = () => this.now;
    const store = openSqliteStore(join(this.#folder, 'store.db'), { now });
    const engine = createEngine({
      databaseFile: join(this.#folder, 'cicd.db'),
      codeVersion: 'one',
      now,
      retention: { days: 365 },
    });
    for (const { flow } of this.#definitions) {
      const handler = withDurableExecution((_, context) => this.#work(context));
      engine.register({ name: flow, executionTimeoutSeconds: 30 * 86_400, handler });
    }
    engine.resume();
    const pause = createAgentPause(store, now);
    const scheduler = createScheduler({
      definitions: this.#definitions,
      store,
      runs: { ...engine, start: (request) => this.#start(engine, request) },
      pause,
      stack: 'test',
      now,
      onProblem: (problem) => this.#onProblem(problem),
    });
    const close = async () => {
      engine.close();
      await store.close();
    };
    return { engine, scheduler, pause, close };
  }

  async #start(engine: Engine, request: Parameters<Runs['start']>[0]) {
    const { death } = this;
    if (request.cause.kind === 'cli' || death === undefined) return engine.start(request);
    this.death = undefined;
    if (death === 'after the run was started') await engine.start(request);
    throw new Killed(death);
  }

  /** A run replays after a restart: whether it is a long one is decided once. */
  async #work(context: DurableContext): Promise<void> {
    const runId = runIdOf(context.executionContext.durableExecutionArn);
    if (this.runsAreLong && !this.#longRuns.has(runId)) this.#longRuns.set(runId, null);
    if (!this.#longRuns.has(runId)) return;
    await context.waitForCallback('end', async (callbackId) => {
      this.#longRuns.set(runId, callbackId);
    });
  }

  /** Resolves when every run has ended or waits for its end. */
  async settleRuns(): Promise<void> {
    for (const { flow } of this.#definitions) {
      const { runs } = await this.#process.engine.list({ flow, limit: 1 });
      for (const { id } of runs) await this.#untilSettled(id);
    }
  }

  async #untilSettled(runId: string): Promise<void> {
    for (;;) {
      const run = await this.#process.engine.get(runId);
      const waits = run?.state === 'waiting' && typeof this.#longRuns.get(runId) === 'string';
      if (run === undefined || finalRunStates.includes(run.state) || waits) return;
      await delay(1);
    }
  }
}
