import { readFileSync } from 'node:fs';
import { startLambdaProcess, type LambdaProcess } from '../../support/lambda/lambda-process.ts';
import type { Candidate, WebhookCandidate } from './candidates.ts';

/** Of one process. Times in milliseconds. */
export interface Sample {
  /** From the start of the process to the answer to its first delivery. */
  cold: number;
  warmP50: number;
  warmP99: number;
  /** Most memory that it had, in MB. */
  memory: number;
  /** Of the processor, for everything. */
  cpu: number;
}

const warmDeliveries = 300;

/** Starts a process, and has it take deliveries one after the other. */
export async function measureWebhook(
  candidate: WebhookCandidate,
  environment: Record<string, string>,
): Promise<Sample> {
  const { delivery } = candidate;
  const startedAt = performance.now();
  const running = await startLambdaProcess({ ...candidate, environment });
  try {
    await deliver(running, delivery());
    const cold = performance.now() - startedAt;
    const warm: number[] = [];
    for (let sent = 0; sent < warmDeliveries; sent += 1) {
      warm.push(await deliver(running, delivery()));
    }
    warm.sort((a, b) => a - b);
    const at = (part: number) => warm[Math.floor(warm.length * part)] ?? NaN;
    return { cold, warmP50: at(0.5), warmP99: at(0.99), ...resourcesOf(running.pid) };
  } finally {
    await running.stop();
  }
}

/** @returns milliseconds from the start of the process until it wants its first invocation */
export async function measureStart(
  candidate: Candidate,
  environment: Record<string, string>,
): Promise<number> {
  const running = await startLambdaProcess({ ...candidate, environment });
  await running.stop();
  return running.initMs;
}

/** @returns milliseconds. @throws Error where it was refused: what is measured has to work */
async function deliver(running: LambdaProcess, event: unknown): Promise<number> {
  const { ms, payload, status } = await running.invoke(event);
  const answer = JSON.stringify(payload);
  if (status === 'ok' && /"statusCode":20[02]\b/.test(answer)) return ms;
  throw new Error(`${status}: ${answer}\n${running.logs.join('\n')}`);
}

/** Of a process that is still there, as Linux tells. */
function resourcesOf(pid: number): Pick<Sample, 'memory' | 'cpu'> {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  // The name of the process, in brackets, may hold blanks.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { memory: Number(peak) / 1_024, cpu: ticks * 10 };
}
