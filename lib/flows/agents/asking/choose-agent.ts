import type { AgentProviderName } from '../../../domain/agents/agent-run.ts';
import { reservationMs } from '../../../domain/agents/budget/budget-state.ts';
import { categorySchema } from '../../../domain/finding.ts';
import type { RunRequest } from '../../component-analysis/tasks/work.ts';
import { agentRunId } from './agent-run-id.ts';
import { causeOf } from './asking.ts';
import type { AskServices } from './ask-services.ts';
import { refusalOf, type Refusal } from './attempt-end.ts';
import { readFirstAttempts, type FirstAttempts } from './earlier-attempts.ts';
import { findRootRun } from './root-run.ts';

/** Who is asked, and until when. */
export interface ChosenAgent {
  provider: AgentProviderName;
  /** No agent run is started later: whoever waits for the report has waited long enough. ISO 8601 UTC. */
  latestStart: string;
  /** No agent run is waited for any longer. ISO 8601 UTC. */
  latestEnd: string;
  /** The run that has first asked for what is asked for now. */
  rootRunId: string;
  /** By analysis, where this run goes on; without an entry it begins. */
  firstAttempts: FirstAttempts;
}

/** Why no agent is asked, though there is one. */
export interface NobodyAsked {
  problem: string;
  /** Set where a budget that is made up for is in the way. */
  refusal: Refusal | null;
}

const hourMs = 3_600_000;

/** Together with the wait for a slot it leaves two hours of the run's day for its own work. */
const asksMs = 12 * hourMs;

/**
 * The provider that the configuration names, where it can be asked: later operations hold on to it, whatever the
 * configuration says by then. What earlier runs have asked for is read once with it, so that a replay finds the same.
 * An analysis that begins to ask does so only where the day has room for all its agents, and keeps it for them.
 * @throws UpstreamError when its credentials, the runs or the store cannot be read
 */
export async function chooseAgent(
  component: RunRequest,
  services: Pick<AskServices, 'agentRuns' | 'budget' | 'now' | 'providers' | 'runs' | 'stack'>,
): Promise<ChosenAgent | NobodyAsked | null> {
  const { input, runId } = component;
  const { agentRuns, budget, now, providers, runs, stack } = services;
  const provider = providers.current();
  if (provider === null || !(await provider.isConfigured())) return null;
  const rootRunId = await findRootRun(runId, runs);
  const firstAttempts =
    rootRunId === runId ? {} : await readFirstAttempts({ rootRunId, stack }, agentRuns);
  if (Object.keys(firstAttempts).length === 0) {
    const wanted = categorySchema.options.map((analysis) => ({
      id: agentRunId({ rootRunId, stack, analysis, number: 1 }),
      cause: causeOf({ agent: { rootRunId }, component }, analysis),
    }));
    const refused = await budget.reserve({ repository: input.repository, wanted });
    if (refused !== undefined) return { problem: refused.reason, refusal: refusalOf(refused) };
  }
  const at = now();
  return {
    provider: provider.name,
    latestStart: new Date(at + reservationMs).toISOString(),
    latestEnd: new Date(at + asksMs).toISOString(),
    rootRunId,
    firstAttempts,
  };
}
