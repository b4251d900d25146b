import { isFinalAgentRunState, type AgentRun } from '../../../domain/agents/agent-run.ts';
import type { BudgetDecision } from '../../../domain/agents/budget/budget-decision.ts';
import type { NotGranted } from '../../../domain/agents/budget/budget-reasons.ts';
import { UpstreamError } from '../../../domain/errors.ts';
import type { AgentProvider, AgentRunView } from '../../../ports/agent-provider.ts';
import type { Logger } from '../../../runtime/logging.ts';
import { writeRequest } from './agent-request.ts';
import { askToStart, claimStart } from './ask-to-start.ts';
import { logFields, type Attempt } from './asking.ts';
import type { AskServices } from './ask-services.ts';
import { closeAgentRun } from './close-agent-run.ts';
import { deadlineFromNow, newAgentRun } from './new-agent-run.ts';

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
 * after a crash knows that there may be one, and since when. Right before, the budget is asked once more: a pause
 * holds back what has not started yet.
 * @returns why nothing was started, where the budget does not allow it (any more)
 * @throws UpstreamError
 */
export async function startAgentRun(
  attempt: Attempt,
  services: AskServices,
  log: Logger,
): Promise<StartedRun | NotGranted> {
  const known = await adoptRun(attempt, services);
  if (known === undefined) return startNew(attempt, services, log);
  if (known.providerId !== null) return goOn(known, known.providerId, services);
  return startAgain({ attempt, run: known }, services, log);
}

/** What an earlier run has asked for is this run's from now on. */
function adoptRun(
  { component: { runId }, id }: Attempt,
  { agentRuns }: AskServices,
): Promise<AgentRun | undefined> {
  return agentRuns.change(id, (known) => (known.runId === runId ? known : { ...known, runId }));
}

async function startNew(
  attempt: Attempt,
  services: AskServices,
  log: Logger,
): Promise<StartedRun | NotGranted> {
  const provider = providerOf(attempt, services);
  const request = await writeRequest(attempt, services, log);
  const decision = await takePlace(attempt, services);
  if (decision.kind !== 'granted') {
    await services.budget.release(attempt.id);
    return decision;
  }
  const wanted = newAgentRun(attempt, services);
  const run = await services.agentRuns.add(wanted);
  // Another run that asks for the same has been quicker.
  if (run !== wanted) return startAgain({ attempt, run }, services, log);
  const asked = { request: { ...request, deadline: run.deadline }, mayBeThere: false };
  const view = await askToStart(provider, asked, services);
  return note({ attempt, run, view }, services, log);
}

interface KnownAttempt {
  attempt: Attempt;
  run: AgentRun;
}

/**
 * An earlier call may have got through: the agent run is looked for first. Who cannot look is asked for it again, also
 * where nothing new may be started, unless nobody wants it any more.
 */
async function startAgain(
  { attempt, run }: KnownAttempt,
  services: AskServices,
  log: Logger,
): Promise<StartedRun | NotGranted> {
  const { id, lastAskedAt, startedAt } = run;
  const provider = providerOf(attempt, services);
  // Also takes its place, so that it has one when it is found.
  const objection = await objectionTo({ attempt, run }, services);
  const found = await provider.find?.(id, { askedSince: startedAt, lastAskedAt });
  if (found !== undefined) return note({ attempt, run, view: found }, services, log);
  const canLook = provider.find !== undefined;
  if (isInTheWay(objection, canLook)) return giveUp(run, { objection, canLook }, services);
  const request = await writeRequest(attempt, services, log);
  // The look takes its time: there may have been a pause since.
  const later = await objectionTo({ attempt, run }, services);
  if (isInTheWay(later, canLook)) return giveUp(run, { objection: later, canLook }, services);
  const deadline = deadlineFromNow(attempt, services);
  await claimStart(run, deadline, services);
  const asked = { request: { ...request, deadline }, mayBeThere: !canLook };
  const view = await askToStart(provider, asked, services);
  return note({ attempt, run, view }, services, log);
}

function isInTheWay(objection: Objection | undefined, canLook: boolean): objection is Objection {
  return objection !== undefined && (canLook || objection.kind === 'over');
}

/** @throws UpstreamError where nobody wants it any more */
async function giveUp(
  { id, provider }: AgentRun,
  { canLook, objection }: { canLook: boolean; objection: Objection },
  services: AskServices,
): Promise<NotGranted> {
  if (objection.kind === 'wait') return objection;
  const { kind, reason: problem } = objection;
  if (canLook) {
    const state = kind === 'over' ? 'failed' : 'cancelled';
    await closeAgentRun(services, id, { state, problem, mayBeAtWork: false });
  }
  if (kind === 'refused') return objection;
  throw new UpstreamError(problem, { service: provider, retryable: false });
}

/** Why nothing new may be started for an attempt. `over`: nobody would wait for it. */
type Objection = NotGranted | { kind: 'over'; reason: string };

async function objectionTo(
  { attempt, run }: KnownAttempt,
  services: AskServices,
): Promise<Objection | undefined> {
  if (isFinalAgentRunState(run.state)) return { kind: 'over', reason: whyStopped(run) };
  if (services.now() >= Date.parse(attempt.agent.latestStart)) {
    return { kind: 'over', reason: 'It could not be started within 6 hours.' };
  }
  const decision = await takePlace(attempt, services);
  return decision.kind === 'granted' ? undefined : decision;
}

function takePlace(
  { cause, component, id }: Attempt,
  { budget }: AskServices,
): Promise<BudgetDecision> {
  return budget.take({ id, repository: component.input.repository, cause });
}

/** Also in a record that was closed meanwhile: it tells then where the agent is. */
async function note(
  { attempt, run, view }: KnownAttempt & { view: AgentRunView },
  services: AskServices,
  log: Logger,
): Promise<StartedRun> {
  const { providerId, state, status, url } = view;
  const noted = await services.agentRuns.change(attempt.id, (now) => {
    // An end is noted by whoever reads the answer.
    const isOver = isFinalAgentRunState(now.state) || isFinalAgentRunState(state);
    const known = { providerId, status, url, state: isOver ? now.state : state };
    // Now that nobody has to look for it, it counts from the call that has started it.
    return {
      ...now,
      ...known,
      // What went wrong until now is over.
      problem: isFinalAgentRunState(now.state) ? now.problem : null,
      startedAt: now.lastAskedAt ?? now.startedAt,
      lastAskedAt: undefined,
    };
  });
  log.info('Agent run started', { ...logFields(attempt), provider: run.provider, url });
  if (!isFinalAgentRunState(state)) await holdAgain({ attempt, run: noted ?? run }, services);
  return goOn(noted ?? run, providerId, services);
}

/** Whoever has closed it may have taken it for one that was never started, and it cannot be ended. */
async function holdAgain({ attempt, run }: KnownAttempt, services: AskServices): Promise<void> {
  const isClosed = run.state !== 'succeeded' && isFinalAgentRunState(run.state);
  const canEnd = services.providers.of(run.provider)?.cancel !== undefined;
  if (isClosed && !canEnd) await takePlace(attempt, services);
}

/**
 * One that was closed while it was being started is ended where its provider can do that. The answer of one that has
 * succeeded is read once more.
 */
async function goOn(run: AgentRun, providerId: string, services: AskServices): Promise<StartedRun> {
  const { deadline, id, problem, provider: name, startedAt, state } = run;
  if (state === 'succeeded' || !isFinalAgentRunState(state)) {
    return { providerId, startedAt: Date.parse(startedAt), deadline: Date.parse(deadline) };
  }
  const provider = services.providers.of(name);
  if (provider?.cancel !== undefined) {
    await provider.cancel(providerId);
    await closeAgentRun(services, id, { state, problem, mayBeAtWork: false });
  }
  throw new UpstreamError(whyStopped(run), { service: name, retryable: false });
}

function whyStopped({ problem }: AgentRun): string {
  return problem ?? 'It was stopped before it had begun.';
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
