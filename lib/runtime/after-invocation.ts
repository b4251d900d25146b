import { setTimeout as delay } from 'node:timers/promises';
import { createLogger, errorFields } from './logging.ts';

/** What a process still does at the end of an invocation: Lambda freezes it then, perhaps for good. */
export type AfterInvocation = () => Promise<void>;

/** A write to the store takes milliseconds; nobody waits longer for one that can be done without. */
const usualLimitMs = 2_000;

/**
 * Neither fails an invocation nor holds it up: a failure is logged, and what takes too long is waited for no more.
 * @param options `flow`: named in the log; `limitMs`: milliseconds
 */
export async function doAfterInvocation(
  act: AfterInvocation,
  { flow, limitMs = usualLimitMs }: { flow: string; limitMs?: number },
): Promise<void> {
  try {
    await Promise.race([act(), delay(limitMs, undefined, { ref: false })]);
  } catch (error) {
    const fields = { flow, ...errorFields(error) };
    createLogger().warn('What comes after an invocation has failed', fields);
  }
}
