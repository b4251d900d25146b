import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cicd = fileURLToPath(new URL('../../infra/cli/cicd.mjs', import.meta.url));
const peakMemory = new URL('./peak-memory.mjs', import.meta.url).href;

export interface Measurement {
  seconds: number;
  peakMegabytes: number;
}

/** Runs one command of ours from the start of its process to its end. */
export function measureCicd(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Measurement> {
  return measureProgram([cicd, ...args], env);
}

/** @param args path of a module, and what it takes */
export async function measureProgram(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Measurement> {
  const begun = performance.now();
  const { stderr } = await run(process.execPath, ['--import', peakMemory, ...args], {
    maxBuffer: 1e9,
    env: { ...process.env, ...env },
  });
  const seconds = (performance.now() - begun) / 1_000;
  const kilobytes = Number(/peak-memory-kb=(\d+)/.exec(stderr)?.[1]);
  return { seconds, peakMegabytes: kilobytes / 1_000 };
}

/** `min median max` of the seconds, and the highest peak. */
export function summarise(measured: readonly Measurement[]) {
  const seconds = measured.map((one) => one.seconds).toSorted((a, b) => a - b);
  return {
    min: seconds[0] ?? 0,
    median: seconds[Math.floor(seconds.length / 2)] ?? 0,
    max: seconds.at(-1) ?? 0,
    peakMegabytes: Math.max(...measured.map((one) => one.peakMegabytes)),
  };
}
