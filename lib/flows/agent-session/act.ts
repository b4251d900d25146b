import { planAhead } from '../../domain/agents/session/plan.ts';
import { retries } from '../../runtime/retry-policies.ts';
import { formatAnswer, formatStopped } from './format-reply.ts';
import type { AgentSessionResult } from './input.ts';
import type { SessionEvent } from './session-event.ts';
import { claimAnalysis, startAnalysis, type WantedAnalysis } from './start-analysis.ts';
import { stopAnalyses } from './stop-analyses.ts';
import type { TakenTurn } from './take-turn.ts';
import { tell, tellIfPossible } from './tell.ts';

/** Does what was decided, and says so in the session. */
export async function act(event: SessionEvent, turn: TakenTurn): Promise<AgentSessionResult> {
  const { decision } = turn;
  switch (decision.kind) {
    case 'start':
      return start(event, turn, decision);
    case 'stop':
      return stop(event, turn);
    default:
      await tell(event, turn.id, { reply: formatAnswer(decision) });
      return { done: decision.kind, detail: 'Nothing was started.' };
  }
}

async function start(
  event: SessionEvent,
  turn: TakenTurn,
  wanted: WantedAnalysis,
): Promise<AgentSessionResult> {
  const { flowContext, input, services } = event;
  const claim = await flowContext.task('claim the analysis', retries.few, () =>
    claimAnalysis({ input, turn, wanted }, services),
  );
  if (claim.kind === 'stopped') return { done: 'nothing', detail: 'It was stopped meanwhile.' };
  if (claim.kind === 'asked-by-label') {
    await tell(event, turn.id, { reply: claim.reply });
    return { done: 'nothing', detail: 'The label on the issue has asked for the same.' };
  }
  // Before it is started: from then on it shows its plan itself.
  await tellIfPossible(event, turn.id, { reply: claim.reply, plan: planAhead() });
  const { run } = claim;
  const { component, repository } = wanted.component;
  const identifier = turn.issue?.identifier ?? null;
  const place = {
    kind: 'linear-session' as const,
    id: input.session,
    identifier,
    repository,
    component,
  };
  const ownRunId = flowContext.runId;
  const { isStopped, runId } = await flowContext.task(
    'start the analysis',
    retries.few,
    ({ log }) => startAnalysis({ run, ownRunId, place, saidAt: turn.saidAt }, services, log),
  );
  if (isStopped) return { done: 'nothing', detail: `It was stopped meanwhile: ${runId}` };
  return { done: 'start', detail: `${component} of ${repository} is analysed by ${runId}` };
}

async function stop(event: SessionEvent, turn: TakenTurn): Promise<AgentSessionResult> {
  const { flowContext, input, services } = event;
  const stopped = await flowContext.task('stop the analyses', retries.few, ({ log }) =>
    stopAnalyses({ session: input.session, turn: turn.id, saidAt: turn.saidAt }, services, log),
  );
  await tell(event, turn.id, { reply: formatStopped(stopped) });
  return { done: 'stop', detail: stopped.length === 0 ? 'Nothing went on.' : stopped.join(', ') };
}
