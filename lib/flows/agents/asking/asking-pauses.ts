/** How many seconds to wait, at least 1, before it is looked again; `looks` so far, from 1. */
export interface AskingPauses {
  /** For a place in the budget. */
  budget: (looks: number) => number;
  /** At an agent run; `failures` to look at it, in a row. */
  agent: (looks: number, failures: number) => number;
}

const budget = { shortest: 10, longest: 120 };
/** Most agents work for minutes, and every look is paid for. */
const agent = { shortest: 10, longest: 180 };

/**
 * They double, and vary by chance, from one second to the whole: many agent runs that were asked for at the same time
 * do not ask for a place, or after their agents, all at once.
 * @param random from 0 to 1
 */
export function createAskingPauses(random: () => number): AskingPauses {
  const pause = ({ longest, shortest }: typeof agent, doublings: number): number =>
    Math.max(1, Math.round(random() * Math.min(longest, shortest * 2 ** doublings)));

  return {
    budget: (looks) => pause(budget, looks - 1),
    agent: (looks, failures) => pause(agent, looks - 1 + failures),
  };
}
