import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../lib/adapters/sqlite/database.ts';
import { createEngine, type Engine } from '../../infra/local/engine/engine.ts';
import { RunStorage } from '../../infra/local/engine/run-storage.ts';
import { createOperationStorage } from '../../infra/local/engine/operation-storage.ts';

const rounds = 5;
const runsPerRound = 1_000;
const parkedRuns = 10_000;
const target = 400;

/** Five-step runs per second on a file database, and how long 10,000 parked runs take to reopen. */
export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'engine-bench-'));
  try {
    await benchSteps(join(folder, 'steps.db'));
    benchReopening(join(folder, 'parked.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchSteps(databaseFile: string): Promise<void> {
  const engine = openEngine(databaseFile);
  const rates: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) rates.push(await runsPerSecond(engine, round));
  const { user, system } = process.cpuUsage(before);
  engine.close();
  const cpu = (user + system) / 1000 / (rounds * runsPerRound);
  const sorted = rates.toSorted((a, b) => a - b);
  const [min, median, max] = [sorted.at(0), sorted.at(Math.floor(rounds / 2)), sorted.at(-1)];
  print(
    `five-step runs/s over ${rounds} rounds of ${runsPerRound}: min ${whole(min)}, ` +
      `median ${whole(median)}, max ${whole(max)} ` +
      `(target ${target}), ${cpu.toFixed(2)} ms of CPU per run`,
  );
}

async function runsPerSecond(engine: Engine, round: number): Promise<number> {
  const startedAt = performance.now();
  const ends: Promise<unknown>[] = [];
  for (let index = 0; index < runsPerRound; index += 1) {
    const name = `round-${round}-${index}`;
    const request = { flow: 'five', name, input: { n: index }, cause: { kind: 'cli' } as const };
    const { runId } = await engine.start(request);
    ends.push(engine.waitForRun(runId));
  }
  await Promise.all(ends);
  return (runsPerRound / (performance.now() - startedAt)) * 1000;
}

/** The rows are written directly: parking this many runs through the SDK would take minutes. */
function benchReopening(databaseFile: string): void {
  openEngine(databaseFile).close();
  writeParkedRuns(databaseFile);
  const startedAt = performance.now();
  const engine = openEngine(databaseFile);
  const milliseconds = performance.now() - startedAt;
  engine.close();
  print(`reopening ${parkedRuns} parked runs: ${milliseconds.toFixed(1)} ms`);
}

function writeParkedRuns(databaseFile: string): void {
  const database = openDatabase(databaseFile);
  const runs = new RunStorage(database);
  const operations = createOperationStorage(database);
  const startedAt = Date.now();
  const dueAt = startedAt + 60 * 60 * 1000;
  database.transaction(() => {
    for (let index = 0; index < parkedRuns; index += 1) {
      const id = `run-${index}`;
      runs.insert({
        id,
        name: id,
        flow: 'five',
        input: '{}',
        cause: { kind: 'cli' },
        subject: '',
        codeVersion: 'bench',
        startedAt,
        parent: null,
      });
      runs.markWaiting(id);
      const StartTimestamp = new Date(startedAt).toISOString();
      const wait = { Id: 'wait', Type: 'WAIT', Status: 'STARTED', StartTimestamp } as const;
      operations.save(id, wait, dueAt);
    }
  });
  database.close();
}

function openEngine(databaseFile: string): Engine {
  const engine = createEngine({ databaseFile, codeVersion: 'bench' });
  engine.register({
    name: 'five',
    executionTimeoutSeconds: 3_600,
    handler: withDurableExecution(fiveSteps),
  });
  engine.resume();
  return engine;
}

async function fiveSteps(input: { n: number }, context: DurableContext): Promise<number> {
  let sum = input.n;
  for (const name of ['one', 'two', 'three', 'four', 'five']) {
    sum = await context.step(name, async () => sum + 1);
  }
  return sum;
}

function whole(value: number | undefined): string {
  return (value ?? NaN).toFixed(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
