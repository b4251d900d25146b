import { isFinalAgentRunState, type AgentRun } from '../../../domain/agents/agent-run.ts';
import { UpstreamError } from '../../../domain/errors.ts';
import { errorFields, type Logger } from '../../../runtime/logging.ts';
import { logFields, operationName, type AskingFlow, type Attempt } from './asking.ts';
import type { AskServices } from './ask-services.ts';
import { providerOf, type StartedRun } from './start-agent-run.ts';
import {
  afterLook,
  beginWatching,
  secondsToNextLook,
  whyOver,
  type Look,
  type Watched,
} from './watched.ts';

/** For an agent that has stopped to ask: nobody is there to answer. */
const goOn =
  'Nobody will answer questions. Answer with what you have, in the form that was asked for, and end.';

/** What does not change is said now and then, so that the log shows that somebody looks. */
const sayAgainMs = 600_000;
/** Of looks that fail in a row, the first is told and then every so many. */
const failuresUntold = 10;

/** Waits, without costing anything, until an agent run is over, lost, or has had its time. Never throws. */
export async function awaitAgentRun(
  flowContext: AskingFlow,
  { attempt, started }: { attempt: Attempt; started: StartedRun },
  services: AskServices,
): Promise<Watched> {
  const { deadline } = started;
  const { pauses, progress } = services;
  return flowContext.waitForCondition<Watched>(
    operationName(attempt, 'wait for the agent'),
    {
      initialState: beginWatching(started.startedAt),
      waitStrategy: (watched, looks) => {
        if (whyOver(watched, deadline) !== undefined) return { shouldContinue: false };
        const failures = watched.failures + watched.missing;
        const pause = pauses.agent({ provider: attempt.agent.provider, looks, failures });
        const seconds = secondsToNextLook(watched, { deadline, pause });
        return { shouldContinue: true, delay: { seconds } };
      },
    },
    async (before, { log }) => {
      const watch = { attempt, started, services, log };
      const look = await lookAt(before, watch);
      const seen = afterLook(before, look, services.now());
      const told = await tellOf(before, seen, watch);
      await progress.show(attempt, log);
      return goOnIfWaiting(told, watch);
    },
  );
}

interface Watch {
  attempt: Attempt;
  started: StartedRun;
  services: AskServices;
  log: Logger;
}

/** An error would end the wait, and whoever cannot be asked now may be asked later. */
async function lookAt({ failures }: Watched, watch: Watch): Promise<Look> {
  const { attempt, log, services, started } = watch;
  try {
    const run = await services.agentRuns.get(attempt.id);
    if (run !== undefined && isClosed(run)) return { kind: 'closed', run };
    const view = await providerOf(attempt, services).get(started.providerId);
    return view === undefined ? { kind: 'missing' } : { kind: 'seen', view };
  } catch (error) {
    if (failures % failuresUntold === 0) {
      log.warn('The agent run cannot be looked at', {
        ...logFields(attempt),
        ...errorFields(error),
      });
    }
    return { kind: 'failed' };
  }
}

/** One that is known to have succeeded is not over before its answer is read. */
function isClosed({ state }: AgentRun): boolean {
  return state !== 'succeeded' && isFinalAgentRunState(state);
}

/** Tells the log and the record of what has changed. */
async function tellOf(before: Watched, seen: Watched, watch: Watch): Promise<Watched> {
  const { attempt, log, started } = watch;
  const { at, missing, state, status } = seen;
  const minutes = Math.round((at - started.startedAt) / 60_000);
  const fields = { ...logFields(attempt), state, status, minutes };
  if (missing > before.missing) log.warn('The provider does not know the agent run', fields);
  const hasChanged = state !== before.state || status !== before.status;
  if (hasChanged) await keepState(seen, watch);
  if (!hasChanged && at - before.toldAt < sayAgainMs) return seen;
  log.info(hasChanged ? 'Agent run has changed' : 'Agent run goes on', fields);
  return { ...seen, toldAt: at };
}

/** For whoever looks at the record meanwhile; what is not kept now is kept at the end. */
async function keepState(
  { state, status }: Watched,
  { attempt, log, services }: Watch,
): Promise<void> {
  if (isFinalAgentRunState(state)) return;
  try {
    await services.agentRuns.change(attempt.id, (run) =>
      isFinalAgentRunState(run.state) ? run : { ...run, state, status },
    );
  } catch (error) {
    log.warn('The state of the agent run could not be kept', errorFields(error));
  }
}

/** Once: an agent that asks again has nothing better to say. */
async function goOnIfWaiting(watched: Watched, watch: Watch): Promise<Watched> {
  const { attempt, log, services, started } = watch;
  if (watched.state !== 'waiting' || watched.isClosed || watched.wasResumed) return watched;
  const wasResumed = { ...watched, wasResumed: true };
  try {
    const provider = providerOf(attempt, services);
    if (provider.resume === undefined) {
      log.warn('The agent waits for somebody, and cannot be told to go on', logFields(attempt));
    } else {
      await provider.resume(started.providerId, goOn);
      log.info('The agent waited and was told to go on', logFields(attempt));
    }
    return wasResumed;
  } catch (error) {
    log.warn('The agent waits and could not be told to go on', {
      ...logFields(attempt),
      ...errorFields(error),
    });
    return error instanceof UpstreamError && error.retryable ? watched : wasResumed;
  }
}
