import { existsSync, readFileSync } from 'node:fs';
import { codeOf } from '../error-code.ts';
import type { RunPaths } from '../run-paths.ts';
import {
  readRecord,
  runOrderSchema,
  writeFirstRecord,
  writeRecord,
  type RunOrder,
  type RunResult,
} from '../run-records.ts';
import { startAgent } from './agent-process.ts';
import { identify } from './process-identity.ts';

/** Runs an agent to its end, unless another process does or has done so. */
export async function superviseRun(paths: RunPaths): Promise<void> {
  const order = readRecord(paths.order, runOrderSchema);
  const self = identify(process.pid);
  if (order === undefined || self === undefined) return;
  if (!writeFirstRecord(paths.claim, self)) return;
  const startedAt = new Date().toISOString();
  const end = await runToEnd(order, paths).catch(failed);
  const result: RunResult = { ...end, startedAt, endedAt: new Date().toISOString() };
  writeRecord(paths.result, result);
}

type End = Omit<RunResult, 'startedAt' | 'endedAt'>;

function failed(error: unknown): End {
  return { endedBy: 'failure', exitCode: null, signal: null, problem: codeOf(error) };
}

const lookMs = 100;

/** Ends it at its deadline, when it is cancelled, and with the machine. */
async function runToEnd(order: RunOrder, paths: RunPaths): Promise<End> {
  const isCancelled = () => existsSync(paths.cancel);
  if (isCancelled()) return { endedBy: 'cancel', exitCode: null, signal: null, problem: null };
  const agent = startAgent(order, paths, readFileSync(paths.prompt));
  const deadline = Date.parse(order.deadline);
  // By the clock, not by one timer: a machine may sleep in between.
  const watch = setInterval(() => {
    if (isCancelled()) agent.end('cancel');
    if (Date.now() >= deadline) agent.end('deadline');
  }, lookMs);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => agent.end(isCancelled() ? 'cancel' : 'shutdown'));
  }
  try {
    return await agent.ended;
  } finally {
    clearInterval(watch);
  }
}
