import type { AgentOutcome } from '../../../domain/agents/agent-part.ts';
import { isFinalAgentRunState, type AgentRunState } from '../../../domain/agents/agent-run.ts';
import type { AgentRunView } from '../../../ports/agent-provider.ts';
import { errorFields, type Logger } from '../../../runtime/logging.ts';
import type { BlobKey } from '../../component-analysis/stored-values.ts';
import { logFields, type Attempt } from './asking.ts';
import type { AskServices } from './ask-services.ts';
import { endOfRun, endWithoutRun, tidyProblem, type AttemptEnd } from './attempt-end.ts';
import { closeAgentRun, keptOf, type Ending } from './close-agent-run.ts';
import { providerOf, type StartedRun } from './start-agent-run.ts';
import { whyOver, type Watched } from './watched.ts';

/** An agent run for which nobody waits any more. */
export interface OverRun {
  attempt: Attempt;
  started: StartedRun;
  watched: Watched;
}

/** What an agent run has come to. */
interface Result {
  ending: Ending;
  outcome: AgentOutcome;
  answer?: BlobKey;
  mayTryAgain: boolean;
}

/**
 * Reads what an agent has answered and writes down how its run has ended. Repeated, it comes to the same.
 * @throws UpstreamError when the provider, the store or the blobs cannot be used
 */
export async function endAttempt(
  over: OverRun,
  services: AskServices,
  log: Logger,
): Promise<AttemptEnd> {
  const { attempt } = over;
  const result = await resultOf(over, services, log);
  const { answer, ending, mayTryAgain, outcome } = result;
  const problem = ending.problem === null ? null : tidyProblem(ending.problem);
  const run = await closeAgentRun(services, attempt.id, { ...ending, problem });
  // Where others have closed it, the record says why; of an answer that is read only now it says nothing.
  const why = ending.state === 'succeeded' ? problem : (run?.problem ?? problem);
  log.info('Agent run ended', { ...logFields(attempt), outcome, why });
  if (run === undefined) return endWithoutRun(outcome, problem ?? 'Nothing is known of it.');
  return endOfRun(
    { ...run, problem: why },
    { outcome, mayTryAgain, ...(answer !== undefined && { answer }) },
  );
}

async function resultOf(over: OverRun, services: AskServices, log: Logger): Promise<Result> {
  const { attempt, started, watched } = over;
  const why = whyOver(watched, started.deadline);
  if (why === 'closed') return closedElsewhere(watched.state);
  if (why === 'lost') return forgotten('Its provider does not know the agent run any more.');
  // After its deadline as well: whoever looked last may not have seen it, on a machine that has slept.
  const view = await providerOf(attempt, services).get(started.providerId);
  if (view === undefined) return forgotten('Its provider has forgotten the agent run.');
  if (view.state === 'succeeded') return readAnswer(over, view, { services, log });
  const isLate = why === 'late' && !isFinalAgentRunState(view.state);
  return isLate ? outOfTime(over, services, log) : failedResult(view);
}

/** The record says why; whoever wrote that does not want another one, and knows whether its place is free. */
function closedElsewhere(state: AgentRunState): Result {
  const outcome = outcomes[state] ?? 'failed';
  const ending: Ending = { state, problem: null, mayBeAtWork: true };
  return { ending, outcome, mayTryAgain: false };
}

const outcomes: Partial<Record<AgentRunState, AgentOutcome>> = {
  'timed-out': 'timed-out',
  cancelled: 'cancelled',
};

async function readAnswer(
  { attempt }: OverRun,
  view: AgentRunView,
  { log, services }: { log: Logger; services: AskServices },
): Promise<Result> {
  const { analysis, component } = attempt;
  const { files, input, runId } = component;
  const request = { input, runId, files, analysis, text: view.text ?? '' };
  const read = await services.tasks.readAgentAnswer(request, log);
  const { answer, dropped, findings, kind, problem } = read;
  // It may have answered well, and what it has changed could not be handed in.
  const missing = problem ?? view.problem;
  const ending: Ending = {
    state: 'succeeded',
    problem: missing,
    mayBeAtWork: false,
    view: { ...keptOf(view), answer: { kind, findings, dropped } },
  };
  return { ending, outcome: kind, answer, mayTryAgain: kind === 'unusable' };
}

/** What a person or the provider has cancelled is not asked for again. */
function failedResult(view: AgentRunView): Result {
  const { problem, state, status } = view;
  const outcome = outcomes[state] ?? 'failed';
  const words = problem ?? `The agent run ended as ${status}.`;
  return {
    // Somebody may have given it more to do since it was seen to have ended.
    ending: {
      state,
      problem: words,
      mayBeAtWork: !isFinalAgentRunState(state),
      view: keptOf(view),
    },
    outcome,
    mayTryAgain: outcome !== 'cancelled',
  };
}

function forgotten(problem: string): Result {
  const ending: Ending = { state: 'failed', problem, mayBeAtWork: false };
  return { ending, outcome: 'failed', mayTryAgain: true };
}

async function outOfTime(
  { attempt, started }: OverRun,
  services: AskServices,
  log: Logger,
): Promise<Result> {
  const minutes = Math.round((started.deadline - started.startedAt) / 60_000);
  const time = minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const problem = `It had not answered after ${time}.`;
  const isEnded = await cancel({ attempt, started }, services, log);
  const ending: Ending = {
    state: 'timed-out',
    problem: isEnded ? problem : `${problem} It may still be at work.`,
    mayBeAtWork: !isEnded,
  };
  return { ending, outcome: 'timed-out', mayTryAgain: true };
}

/** @returns false where it goes on */
async function cancel(
  { attempt, started }: Pick<OverRun, 'attempt' | 'started'>,
  services: AskServices,
  log: Logger,
): Promise<boolean> {
  const provider = providerOf(attempt, services);
  if (provider.cancel === undefined) return false;
  try {
    await provider.cancel(started.providerId);
    return true;
  } catch (error) {
    log.warn('The agent run could not be ended', { ...logFields(attempt), ...errorFields(error) });
    return false;
  }
}

/**
 * Writes down that an attempt could not be carried through: its provider refuses it, or was away for too long. Where
 * a start was tried, its agent may be at work.
 * @throws UpstreamError when the store cannot be used
 */
export async function abandonAttempt(
  attempt: Attempt,
  words: string,
  services: AskServices,
): Promise<AttemptEnd> {
  const known = await services.agentRuns.get(attempt.id);
  const problem = tidyProblem(together(known?.problem ?? '', words));
  const run = await closeAgentRun(services, attempt.id, {
    state: 'failed',
    problem,
    mayBeAtWork: known !== undefined,
  });
  if (run === undefined) return endWithoutRun('failed', problem);
  const outcome = outcomes[run.state] ?? 'failed';
  return endOfRun(run, { outcome, mayTryAgain: false });
}

/** What has failed before says more than that nobody knows what came of it. */
function together(before: string, words: string): string {
  return before === words ? words : `${before} ${words}`.trim();
}
