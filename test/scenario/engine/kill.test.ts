import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openRunsReadOnly } from '../../../infra/local/engine/runs-read-only.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const runCount = 300;
const kills = 9;
const longestLife = 300;
const steps = ['first', 'second', 'left', 'right', 'fifth', 'sixth'];
const resultSchema = z.array(z.object({ step: z.string(), execution: z.string() }));

/** Mulberry32: the same seed kills after the same delays. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function startWorker(folder: string) {
  const script = join(import.meta.dirname, 'kill-worker.ts');
  const worker = spawn(process.execPath, [script, folder, String(runCount)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { worker, exited: once(worker, 'exit') };
}

async function killedAfter(folder: string, milliseconds: number): Promise<void> {
  const { worker, exited } = startWorker(folder);
  // Counted from when it works: how long a process takes to start says nothing.
  await once(worker.stdout, 'data');
  await delay(milliseconds);
  worker.kill('SIGKILL');
  await exited;
}

/** Executions of each step of each run, in the order in which they began. */
function readJournal(folder: string): Map<string, string[]> {
  const executions = new Map<string, string[]>();
  for (const line of readFileSync(join(folder, 'journal.txt'), 'utf8').trimEnd().split('\n')) {
    const [run, step, execution] = line.split(' ');
    const key = `${run} ${step}`;
    executions.set(key, [...(executions.get(key) ?? []), String(execution)]);
  }
  return executions;
}

test('after SIGKILL at any moment all runs finish, no committed step runs again', async () => {
  const seed = Number(process.env['KILL_TEST_SEED'] ?? Date.now() % 1_000_000);
  const random = seededRandom(seed);
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'journal.txt'), '');
  const begun: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    await killedAfter(folder, random() * longestLife);
    begun.push(readJournal(folder).size);
  }

  const { exited } = startWorker(folder);
  const [exitCode] = await exited;

  const executions = readJournal(folder);
  const reader = openRunsReadOnly(join(folder, 'cicd.db'));
  const { runs } = await reader.list({ limit: 1_000 });
  const ranAgain: string[] = [];
  for (const { id, name } of runs) {
    const results = resultSchema.parse((await reader.get(id))?.result);
    expect(results.map((result) => result.step)).toEqual(steps);
    for (const { step, execution } of results) {
      // The execution whose result was committed must be the last that began.
      if (executions.get(`${name} ${step}`)?.at(-1) !== execution) ranAgain.push(`${name} ${step}`);
    }
  }
  reader.close();
  const repeated = [...executions.values()].filter((all) => all.length > 1).length;
  process.stdout.write(
    `kill test: seed ${seed}; steps begun at each kill: ${begun.join(', ')} of ` +
      `${runCount * steps.length}; ${repeated} ran again before their result was committed\n`,
  );

  expect(exitCode, `seed ${seed}`).toBe(0);
  expect(runs.map((run) => run.state)).toEqual(Array(runCount).fill('succeeded'));
  expect(ranAgain, `seed ${seed}`).toEqual([]);
  // Otherwise the kills came too late to interrupt anything.
  expect(begun[0]).toBeLessThan(runCount * steps.length);
}, 60_000);
