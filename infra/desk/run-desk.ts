import type { Cause, RunDetail, StartedRun } from '../../lib/domain/run.ts';
import { flowNames } from '../../lib/domain/flow-names.ts';
import type { Runs } from '../../lib/ports/runs.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import type { AgentDesk } from './agent-desk.ts';
import { completeAnalysisInput } from './analysis-requests.ts';
import type { RunReader } from './run-reader.ts';
import { stopAgentsOf, type AgentRunStop } from './stop-agents-of.ts';

/** What people ask of runs, over HTTP or from the command line. */
export interface RunDesk extends RunReader, Pick<Runs, 'retry'> {
  /** The input of a component analysis may name a configured component alone: `{ component: 'lib' }`. */
  start(request: RunRequest): Promise<StartedRun>;
  /** Ends a run that has not ended, and the agent runs that it has asked for. */
  stop(runId: string, reason: string): Promise<StoppedRun>;
}

export interface RunRequest {
  flow: string;
  /** Default: a new name, so that every request starts a run. */
  name?: string | undefined;
  input?: unknown;
  cause: Cause;
}

export interface StoppedRun extends RunDetail {
  /** Those that were under way. */
  agentRuns: AgentRunStop[];
}

/** What a desk works with. `agents`: those of the runs. */
export interface RunDeskParts {
  agents: Pick<AgentDesk, 'listOf' | 'stop'>;
  config: LoadedConfig;
  reader: RunReader;
}

export function createRunDesk(runs: Runs, { agents, config, reader }: RunDeskParts): RunDesk {
  return {
    ...reader,
    start: ({ cause, flow, input, name }) =>
      runs.start({
        flow,
        name: name ?? `${flow}-${crypto.randomUUID()}`.slice(0, 64),
        input: flow === flowNames.componentAnalysis ? completeAnalysisInput(config, input) : input,
        cause,
      }),
    stop: async (runId, reason) => {
      await runs.stop(runId, reason);
      const run = await reader.getRun(runId);
      return { ...run, agentRuns: await stopAgentsOf(run, agents) };
    },
    retry: (runId) => runs.retry(runId),
  };
}
