import { setTimeout as pause } from 'node:timers/promises';
import type { RunningStack } from '../harness/stack.ts';

const patienceMs = 40_000;

/**
 * Asks again and again until there is something.
 * @throws Error after 40 s, with what the stack has refused and logged last
 */
export async function untilFound<Found>(
  stack: RunningStack,
  what: string,
  find: () => Promise<Found | false>,
): Promise<Found> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const found = await find();
    if (found !== false) return found;
    await pause(25);
  }
  const { aws, denied, outputs } = stack;
  const files = Object.keys(outputs.Functions);
  const lastLines = files.flatMap((file) => stack.logs(file).slice(-3));
  const all = [...denied, ...aws.violations, ...lastLines];
  throw new Error([`There is no ${what}.`, ...all.map((line) => line.slice(0, 300))].join('\n'));
}
