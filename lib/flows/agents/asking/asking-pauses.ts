import type { AgentProviderName } from '../../../domain/agents/agent-run.ts';

/** How many seconds to wait, at least 1, before it is looked again; `looks` so far, from 1. */
export interface AskingPauses {
  /** For a place in the budget. */
  budget: (looks: number) => number;
  /** At an agent run. */
  agent: (looks: AgentLooks) => number;
}

export interface AgentLooks {
  provider: AgentProviderName;
  looks: number;
  /** To look at it, in a row. */
  failures: number;
}

/** In seconds. */
interface Bounds {
  shortest: number;
  longest: number;
}

/** Nobody is woken when a place gets free: who has waited for minutes only is not to let one stand empty. */
const soon: Bounds = { shortest: 5, longest: 30 };
/** About twenty minutes, as chance halves the pauses. After them six hours of waiting cost few operations. */
const soonLooks = 80;
const patient: Bounds = { shortest: 180, longest: 180 };

/** Most agents work for minutes, and every look at a service is paid for. */
const hosted: Bounds = { shortest: 10, longest: 180 };
/** A look at this machine costs nothing. */
const local: Bounds = { shortest: 1, longest: 10 };

/**
 * They double, and vary by chance, from one second to the whole: many agent runs that were asked for at the same time
 * do not ask for a place, or after their agents, all at once.
 * @param random from 0 to 1
 */
export function createAskingPauses(random: () => number): AskingPauses {
  const pause = ({ longest, shortest }: Bounds, doublings: number): number =>
    Math.max(1, Math.round(random() * Math.min(longest, shortest * 2 ** doublings)));

  return {
    budget: (looks) => pause(looks > soonLooks ? patient : soon, looks - 1),
    agent: ({ failures, looks, provider }) =>
      pause(provider === 'command' ? local : hosted, looks - 1 + failures),
  };
}
