import {
  isFinalAgentRunState,
  type AgentRun,
  type AgentRunState,
} from '../../../domain/agents/agent-run.ts';
import type { AgentRunView } from '../../../ports/agent-provider.ts';

/** How an agent run stood at the last look. Each look is a checkpoint: it stays small. */
export interface Watched {
  state: AgentRunState;
  /** The provider's own word for it, cut; null before the first. */
  status: string | null;
  /** When it was looked at. Milliseconds since the epoch. */
  at: number;
  /** When the log told of it. Milliseconds since the epoch. */
  toldAt: number;
  /** Looks in a row that failed. */
  failures: number;
  /** Looks in a row at which the provider did not know it. */
  missing: number;
  /** It waited, and was told to go on. */
  wasResumed: boolean;
  /** Somebody else has ended it: a person, or autonomous-cicd. */
  isClosed: boolean;
}

/** What a look has shown. */
export type Look =
  | { kind: 'seen'; view: Pick<AgentRunView, 'state' | 'status'> }
  | { kind: 'missing' }
  | { kind: 'failed' }
  | { kind: 'closed'; run: Pick<AgentRun, 'state'> };

/** A service that has just been asked for it may not know it at once. */
const looksUntilLost = 2;

/** Some providers have sentences in that place. */
const longestStatus = 100;

export function beginWatching(at: number): Watched {
  return {
    state: 'queued',
    status: null,
    at,
    toldAt: at,
    failures: 0,
    missing: 0,
    wasResumed: false,
    isClosed: false,
  };
}

/** Only what is seen changes the state: no failure to look ends an agent run. */
export function afterLook(before: Watched, look: Look, at: number): Watched {
  switch (look.kind) {
    case 'seen': {
      const { state, status } = look.view;
      const seen = { state, status: status.slice(0, longestStatus) };
      return { ...before, ...seen, at, failures: 0, missing: 0 };
    }
    case 'missing':
      return { ...before, at, failures: 0, missing: before.missing + 1 };
    case 'failed':
      return { ...before, at, failures: before.failures + 1 };
    default:
      return { ...before, at, state: look.run.state, isClosed: true };
  }
}

/**
 * Why nobody has to look any more; undefined while somebody has to.
 * @param deadline milliseconds since the epoch
 */
export function whyOver(
  { at, isClosed, missing, state }: Watched,
  deadline: number,
): 'closed' | 'ended' | 'lost' | 'late' | undefined {
  if (isClosed) return 'closed';
  if (isFinalAgentRunState(state)) return 'ended';
  if (missing >= looksUntilLost) return 'lost';
  return at >= deadline ? 'late' : undefined;
}

/** The last look comes right after the deadline, however long the pause would be. */
export function secondsToNextLook(
  { at }: Watched,
  { deadline, pause }: { deadline: number; pause: number },
): number {
  return Math.min(pause, Math.max(1, Math.ceil((deadline - at) / 1_000)));
}
