import type { Decision } from './decision.ts';

/** @param reason tells a person why nothing happens, and what would have to be different */
export function ignored(reason: string): Decision[] {
  return [{ kind: 'ignored', reason }];
}
