import type { AnalysisInput } from '../input.ts';
import type { AnalysisServices } from '../run.ts';

/** What every task of one run works with. */
export interface AnalysisWork extends AnalysisServices {
  input: AnalysisInput;
  runId: string;
}

/** Where a run keeps what its tasks hand on. */
export function workKey(runId: string, name: string): string {
  return `work/${runId}/${name}.json.gz`;
}
