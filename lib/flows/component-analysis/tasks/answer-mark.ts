import type { Category } from '../../../domain/finding.ts';
import { stableId } from '../../../runtime/stable-id.ts';

const characters = 8;

/**
 * What marks an agent's answer: whoever wrote into the repository before the run cannot have
 * imitated it.
 */
export function answerMark(runId: string, analysis: Category): string {
  return stableId('agent answer', runId, analysis).slice(0, characters);
}
