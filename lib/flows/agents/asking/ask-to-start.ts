import { isFinalAgentRunState, type AgentRun } from '../../../domain/agents/agent-run.ts';
import { UpstreamError } from '../../../domain/errors.ts';
import type { AgentProvider, AgentRequest, AgentRunView } from '../../../ports/agent-provider.ts';
import type { AgentServices } from '../agent-services.ts';
import { tidyProblem } from './attempt-end.ts';
import { closeAgentRun } from './close-agent-run.ts';

type StartServices = Pick<AgentServices, 'agentRuns' | 'budget' | 'now'>;

/**
 * Writes down that an agent run is about to be asked for once more, and until when it may work now. Of two processes
 * that have found the same, one gets through; none does where it was closed meanwhile.
 * @param deadline ISO 8601 UTC
 * @throws UpstreamError where somebody else asks for it or has closed it, retryable
 */
export async function claimStart(
  { id, lastAskedAt, provider }: AgentRun,
  deadline: string,
  { agentRuns, now }: Pick<StartServices, 'agentRuns' | 'now'>,
): Promise<void> {
  let isOurs = false;
  await agentRuns.change(id, (before) => {
    isOurs = before.lastAskedAt === lastAskedAt && !isFinalAgentRunState(before.state);
    return isOurs ? { ...before, deadline, lastAskedAt: new Date(now()).toISOString() } : before;
  });
  if (isOurs) return;
  const problem = 'The agent run was started or ended by somebody else meanwhile.';
  throw new UpstreamError(problem, { service: provider, retryable: true });
}

/**
 * Asks a provider to start an agent run of which is written down that it is asked for now. What the provider says is
 * written down as well; after any other failure nobody knows.
 * @param asked `mayBeThere`: an earlier call may have started it, and nobody can look
 * @throws UpstreamError
 */
export async function askToStart(
  provider: AgentProvider,
  { mayBeThere, request }: { mayBeThere: boolean; request: AgentRequest },
  services: StartServices,
): Promise<AgentRunView> {
  try {
    return await provider.start(request);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (error.retryable) await noteFailure(request.id, error, services);
    else if (!mayBeThere) await noteRefusal(request.id, error.message, services);
    throw error;
  }
}

/** Too many requests: it was not carried out, and nobody has to wait until it would show. */
function isLimited({ status }: UpstreamError): boolean {
  return status === 429;
}

/** Whoever looks for it next may only know that it is not there yet: what went wrong is kept. */
async function noteFailure(
  id: string,
  error: UpstreamError,
  { agentRuns }: StartServices,
): Promise<void> {
  const problem = tidyProblem(error.message);
  await agentRuns.change(id, (before) => {
    if (isFinalAgentRunState(before.state)) return before;
    return { ...before, problem, ...(isLimited(error) && { lastAskedAt: undefined }) };
  });
}

/** It was the provider's fault or the configuration's, and cost nothing: the day's budget is for others. */
async function noteRefusal(id: string, words: string, services: StartServices): Promise<void> {
  await services.budget.withdraw(id);
  const problem = tidyProblem(words);
  await closeAgentRun(services, id, { state: 'failed', problem, mayBeAtWork: false });
}
