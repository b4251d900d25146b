import type { Cause, StartedRun } from '../../lib/domain/run.ts';
import { flowNames } from '../../lib/domain/flow-names.ts';
import type { Runs } from '../../lib/ports/runs.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import { completeAnalysisInput } from './analysis-requests.ts';
import type { RunReader } from './run-reader.ts';

/** What people ask of runs, over HTTP or from the command line. */
export interface RunDesk extends RunReader, Pick<Runs, 'stop' | 'retry'> {
  /** The input of a component analysis may name a configured component alone: `{ component: 'lib' }`. */
  start(request: RunRequest): Promise<StartedRun>;
}

export interface RunRequest {
  flow: string;
  /** Default: a new name, so that every request starts a run. */
  name?: string | undefined;
  input?: unknown;
  cause: Cause;
}

export function createRunDesk(runs: Runs, reader: RunReader, config: LoadedConfig): RunDesk {
  return {
    ...reader,
    start: ({ cause, flow, input, name }) =>
      runs.start({
        flow,
        name: name ?? `${flow}-${crypto.randomUUID()}`.slice(0, 64),
        input: flow === flowNames.componentAnalysis ? completeAnalysisInput(config, input) : input,
        cause,
      }),
    stop: (runId, reason) => runs.stop(runId, reason),
    retry: (runId) => runs.retry(runId),
  };
}
