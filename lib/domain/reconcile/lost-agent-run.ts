import { isFinalAgentRunState, type AgentRun, type AgentRunState } from '../agents/agent-run.ts';
import { finalRunStates, type RunState } from '../run.ts';

const minuteMs = 60_000;

/** A start that is under way when its run is stopped gets through, or fails, within these. */
const startMs = 10 * minuteMs;

/** Whoever waits for an agent run ends it at its deadline, a few minutes later at most. */
const graceMs = 30 * minuteMs;

/** Then nobody asks any more how it stands. */
const longestMs = 24 * 60 * minuteMs;

interface Waiting {
  /** Of the run that has asked for it; undefined when that is gone. */
  runState: RunState | undefined;
  /** Milliseconds since the epoch, as is `now`: before, nothing could move. */
  awakeSince: number;
  now: number;
}

/** Whether nobody waits any more for an agent run that is remembered as open. */
export function isAbandoned(
  { deadline, lastAskedAt, providerId, startedAt }: AgentRun,
  { awakeSince, now, runState }: Waiting,
): boolean {
  const askedAt = Date.parse(lastAskedAt ?? startedAt);
  if (providerId === null && now - askedAt < startMs) return false;
  const isOver = runState === undefined || finalRunStates.includes(runState);
  return isOver || now - Math.max(Date.parse(deadline), awakeSince) >= graceMs;
}

/** Whether so much time has gone by that it is over, whatever its provider says. */
export function isLongOver({ deadline }: AgentRun, now: number): boolean {
  return now - Date.parse(deadline) >= longestMs;
}

/** What its provider says of it. */
export type Sighting =
  /** `canCancel`: the provider can end it. */
  | { kind: 'seen'; state: AgentRunState; problem: string | null; canCancel: boolean }
  | { kind: 'unknown' }
  /** The provider could not be asked. */
  | { kind: 'unseen' }
  /** It was never heard whether it was started, and nobody can look. */
  | { kind: 'unheard' }
  /** It was asked for in vain. */
  | { kind: 'unstarted' }
  | { kind: 'no provider' };

export type LostDecision =
  /** It is at work, cannot be ended and holds its place until it has ended, or its deadline has come. */
  | { kind: 'leave' }
  /** `cancel`: it is to be ended first. `mayBeAtWork`: nobody has seen it end. */
  | {
      kind: 'close';
      cancel: boolean;
      state: AgentRunState;
      problem: string;
      mayBeAtWork: boolean;
    };

/** What becomes of an agent run that nobody waits for. @param now milliseconds since the epoch */
export function decideLost({ deadline }: AgentRun, sighting: Sighting, now: number): LostDecision {
  switch (sighting.kind) {
    case 'no provider':
      return leftAlone('failed', 'There is no such provider on this host any more.');
    case 'unknown':
      return over('failed', 'Its provider does not know it any more.');
    case 'unseen':
      return leftAlone('failed', 'Its provider could not be asked for a day after its deadline.');
    case 'unstarted':
      return over('failed', 'The run that asked for it ended before it was started.');
    case 'unheard':
      return leftAlone(
        'failed',
        'The run that asked for it ended while it was being started: it may be at work.',
      );
    default:
      return decideSeen(sighting, Date.parse(deadline) <= now);
  }
}

function decideSeen(
  { canCancel, problem, state }: Extract<Sighting, { kind: 'seen' }>,
  isLate: boolean,
): LostDecision {
  if (state === 'succeeded') {
    return over(state, 'Nobody has read its answer: the run that asked for it is over.');
  }
  if (isFinalAgentRunState(state)) return over(state, problem ?? 'It ended unseen.');
  if (isLate) {
    const words = 'It had not answered by its deadline.';
    return canCancel
      ? ended('timed-out', words)
      : leftAlone('timed-out', `${words} It may still be at work.`);
  }
  if (!canCancel) return { kind: 'leave' };
  return ended('cancelled', 'It was ended, as the run that asked for it is over.');
}

function over(state: AgentRunState, problem: string): LostDecision {
  return { kind: 'close', cancel: false, state, problem, mayBeAtWork: false };
}

function ended(state: AgentRunState, problem: string): LostDecision {
  return { kind: 'close', cancel: true, state, problem, mayBeAtWork: false };
}

function leftAlone(state: AgentRunState, problem: string): LostDecision {
  return { kind: 'close', cancel: false, state, problem, mayBeAtWork: true };
}
