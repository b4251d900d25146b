import { isFinalAgentRunState, type AgentRun } from '../../../domain/agents/agent-run.ts';
import { UpstreamError } from '../../../domain/errors.ts';
import type { AgentProvider, AgentRequest, AgentRunView } from '../../../ports/agent-provider.ts';
import type { Logger } from '../../../runtime/logging.ts';
import { logFields, nameOf, type Attempt } from './asking.ts';
import type { AskServices } from './ask-services.ts';
import { tidyProblem } from './attempt-end.ts';
import { closeAgentRun } from './close-agent-run.ts';

/** An agent run that is known to its provider. */
export interface StartedRun {
  providerId: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Milliseconds since the epoch. */
  deadline: number;
}

/**
 * Starts the agent run of an attempt, or finds the one that was started before. It is remembered first: who comes
 * after a crash knows that there may be one, and since when.
 * @throws UpstreamError
 */
export async function startAgentRun(
  attempt: Attempt,
  services: AskServices,
  log: Logger,
): Promise<StartedRun> {
  const { agentRuns, settings, tasks } = services;
  const { analysis, before, component, id } = attempt;
  const provider = providerOf(attempt, services);
  const instructions = services.instructionsFor(component.input);
  const { mayChangeCode } = settings;
  const prompt = await tasks.writePrompt(
    { ...component, analysis, instructions, mayChangeCode, before },
    log,
  );

  const known = await agentRuns.get(id);
  const run = known ?? (await agentRuns.add(newRun(attempt, services)));
  if (isFinalAgentRunState(run.state)) throw stopped(run);
  if (run.providerId !== null) return startedRun(run, run.providerId);
  const { input, files } = component;
  const request = {
    id,
    ...(known && { askedSince: known.startedAt }),
    title: `${nameOf(analysis)} of ${input.component}`,
    prompt,
    repository: input.repository,
    source: input.source,
    commit: files.commit,
    mayChangeCode,
    deadline: run.deadline,
  };
  const { providerId, state, status, url } = await startAt(provider, request, services);
  // An end is noted by whoever reads the answer.
  const current = isFinalAgentRunState(state) ? run.state : state;
  await agentRuns.change(id, (now) =>
    isFinalAgentRunState(now.state) ? now : { ...now, providerId, status, url, state: current },
  );
  log.info('Agent run started', { ...logFields(attempt), provider: provider.name, url });
  return startedRun(run, providerId);
}

/** A first call that is refused has started nothing; after any other failure nobody knows. */
async function startAt(
  provider: AgentProvider,
  request: AgentRequest,
  services: AskServices,
): Promise<AgentRunView> {
  try {
    return await provider.start(request);
  } catch (error) {
    const isFirst = request.askedSince === undefined;
    if (isFirst && error instanceof UpstreamError && !error.retryable) {
      const problem = tidyProblem(error.message);
      await closeAgentRun(services, request.id, { state: 'failed', problem, mayBeAtWork: false });
    }
    throw error;
  }
}

/** @throws UpstreamError when this host has no such provider (any more) */
export function providerOf(
  { agent }: Pick<Attempt, 'agent'>,
  { providers }: Pick<AskServices, 'providers'>,
): AgentProvider {
  const provider = providers.of(agent.provider);
  if (provider !== undefined) return provider;
  const problem = `There is no ${agent.provider} on this host any more.`;
  throw new UpstreamError(problem, { service: agent.provider, retryable: false });
}

function newRun(attempt: Attempt, { now, settings }: AskServices): AgentRun {
  const { agent, analysis, cause, component, id, number } = attempt;
  const startedAt = now();
  const deadline = Math.min(
    startedAt + settings.deadlineMinutes * 60_000,
    Date.parse(agent.latestEnd),
  );
  return {
    id,
    provider: agent.provider,
    providerId: null,
    runId: component.runId,
    repository: component.input.repository,
    component: component.input.component,
    analysis,
    attempt: number,
    cause,
    state: 'queued',
    status: null,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: null,
    deadline: new Date(deadline).toISOString(),
    url: null,
    pullRequests: [],
    problem: null,
  };
}

function startedRun({ deadline, startedAt }: AgentRun, providerId: string): StartedRun {
  return { providerId, startedAt: Date.parse(startedAt), deadline: Date.parse(deadline) };
}

function stopped({ problem, provider }: AgentRun): UpstreamError {
  const message = problem ?? 'It was stopped before it had begun.';
  return new UpstreamError(message, { service: provider, retryable: false });
}
