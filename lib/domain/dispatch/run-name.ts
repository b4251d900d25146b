import type { DispatchContext } from './decision.ts';

/** The longest name that AWS takes for a durable execution. */
const longestName = 64;
const hashDigits = 40;

/** What a run is for: values that are the same in every delivery of the same cause. */
export type CausePart = string | null;

export type RunNaming = Pick<DispatchContext, 'hash' | 'stack'>;

/** A list as JSON, because joined parts could read the same for different causes. */
export function runName(
  flow: string,
  cause: readonly CausePart[],
  { hash, stack }: RunNaming,
): string {
  const digits = hash(JSON.stringify([stack, flow, ...cause])).slice(0, hashDigits);
  return `${flow.slice(0, longestName - hashDigits - 1)}-${digits}`;
}
