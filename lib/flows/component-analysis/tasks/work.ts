import type { SourceInspector } from '../../../analysis/source-inspector.ts';
import type { Blobs } from '../../../ports/blobs.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { SourceHost } from '../../../ports/source-host.ts';
import type { AnalysisInput } from '../input.ts';

/** What the tasks of all runs work with. */
export interface TaskServices {
  sourceHost: SourceHost;
  blobs: Blobs;
  inspector: SourceInspector;
  clock: Clock;
}

/** What all tasks of one run work on. */
export interface RunRequest<Input = AnalysisInput> {
  input: Input;
  runId: string;
}

/** Where a run keeps what its tasks hand on. */
export function workKey(runId: string, name: string): string {
  return `work/${runId}/${name}.json.gz`;
}
