import type { Category } from '../../../domain/finding.ts';
import { stableId } from '../../../runtime/stable-id.ts';

/** The same whenever the same attempt is made, in whichever process and by whichever run of a chain. */
export function agentRunId({
  analysis,
  number,
  rootRunId,
  stack,
}: {
  analysis: Category;
  /** Of the attempt, from 1. */
  number: number;
  rootRunId: string;
  stack: string;
}): string {
  return stableId('agent run', stack, rootRunId, analysis, String(number));
}
