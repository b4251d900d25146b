import { mostAttempts } from '../../domain/agents/agent-run.ts';
import { errorFields } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import {
  attemptOf,
  logFields,
  operationName,
  type Asking,
  type AskingFlow,
  type Attempt,
} from './asking/asking.ts';
import type { AskServices } from './asking/ask-services.ts';
import {
  endOfAsking,
  endWithoutRun,
  refusalOf,
  type AttemptEnd,
  type EndedAsking,
} from './asking/attempt-end.ts';
import { awaitAgentRun } from './asking/await-agent-run.ts';
import { awaitBudget, type BudgetAnswer } from './asking/await-budget.ts';
import type { FirstAttempt } from './asking/earlier-attempts.ts';
import { abandonAttempt, endAttempt } from './asking/end-attempt.ts';
import { problemOf } from './asking/problem-of.ts';
import { startAgentRun, type StartedRun } from './asking/start-agent-run.ts';

/**
 * Asks an agent for one analysis; one that fails, gets lost or answers nothing usable is asked once more, and told
 * what is known. A run that was started again goes on with what was asked before. Never throws: how it has ended is
 * for the report to say.
 */
export async function askAgent(
  flowContext: AskingFlow,
  asking: Asking,
  services: AskServices,
): Promise<EndedAsking> {
  const { agent, analysis, stages } = asking;
  const who = { analysis, provider: agent.provider };
  const { stack } = services;
  const first = attemptOf(asking, { ...(agent.firstAttempts[analysis] ?? beginning), stack });
  const firstEnd = await tryOnce(flowContext, first, services);
  let ended = endOfAsking(who, { before: null, last: firstEnd });
  if (firstEnd.mayTryAgain && first.number < mostAttempts) {
    const before = { problem: firstEnd.problem ?? 'It gave no usable answer.' };
    const next = { number: first.number + 1, isKnown: false, before };
    const second = attemptOf(asking, { ...next, stack });
    const last = await tryOnce(flowContext, second, services);
    ended = endOfAsking(who, { before: firstEnd, last });
  }
  stages.set(analysis, { kind: 'ended', outcome: ended.end.outcome });
  return ended;
}

const beginning: FirstAttempt = { number: 1, isKnown: false, before: null };

async function tryOnce(
  flowContext: AskingFlow,
  attempt: Attempt,
  services: AskServices,
): Promise<AttemptEnd> {
  const { analysis, before, number, stages } = attempt;
  if (number > mostAttempts) return usedUp(before);
  try {
    const started = await awaitStart(flowContext, attempt, services);
    if (started === null || 'kind' in started) return notAsked(started);
    stages.set(analysis, { kind: 'working', since: started.startedAt });
    const watched = await awaitAgentRun(flowContext, { attempt, started }, services);

    return await flowContext.task(
      operationName(attempt, 'read the answer'),
      retries.lasting,
      ({ log }) => endAttempt({ attempt, started, watched }, services, log),
    );
  } catch (error) {
    return abandon(flowContext, { attempt, error }, services);
  }
}

/** By the runs before this one. */
function usedUp(last: Attempt['before']): AttemptEnd {
  const words = `It was asked ${mostAttempts} times before this run was started again.`;
  return endWithoutRun('not-asked', [words, last?.problem].join(' ').trim());
}

/**
 * A place that is gone by the time of the start is waited for once more. An agent that may be at work already has had
 * its place.
 */
async function awaitStart(
  flowContext: AskingFlow,
  attempt: Attempt,
  services: AskServices,
): Promise<StartedRun | Exclude<BudgetAnswer, { kind: 'granted' | 'known' }> | null> {
  const { analysis, stages } = attempt;
  for (let { isKnown } = attempt; ; isKnown = false) {
    stages.set(analysis, { kind: 'waiting' });
    const answer = isKnown ? granted : await awaitBudget(flowContext, attempt, services);
    if (answer?.kind !== 'granted' && answer?.kind !== 'known') return answer;
    stages.set(analysis, { kind: 'starting' });
    const started = await flowContext.task(
      operationName(attempt, 'start the agent'),
      retries.persistent,
      ({ log }) => startAgentRun(attempt, services, log),
    );
    if (!('kind' in started) || started.kind === 'refused') return started;
  }
}

const granted: BudgetAnswer = { kind: 'granted' };

function notAsked(answer: BudgetAnswer | null): AttemptEnd {
  if (answer?.kind === 'refused') {
    return endWithoutRun('not-asked', answer.reason, refusalOf(answer));
  }
  const reason = answer?.kind === 'late' ? answer.reason : 'The budget of agents cannot be read.';
  return endWithoutRun('not-asked', reason);
}

async function abandon(
  flowContext: AskingFlow,
  { attempt, error }: { attempt: Attempt; error: unknown },
  services: AskServices,
): Promise<AttemptEnd> {
  const problem = problemOf(error);
  flowContext.log.warn('The agent could not be asked', {
    ...logFields(attempt),
    ...errorFields(error),
  });
  try {
    return await flowContext.task(operationName(attempt, 'give up on the agent'), retries.few, () =>
      abandonAttempt(attempt, problem, services),
    );
  } catch (failure) {
    flowContext.log.warn('The end of the agent run could not be noted', errorFields(failure));
    return endWithoutRun('failed', problem);
  }
}
