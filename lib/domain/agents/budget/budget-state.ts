import { z } from 'zod';

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

/** For how long a start is kept for an agent run that waits for a place. */
export const reservationMs = 6 * 60 * minuteMs;

/** An agent run that may be under way. */
const holderSchema = z.object({
  id: z.string(),
  repository: z.string(),
  /** Milliseconds since the epoch: then its place is free, whatever has become of it. */
  until: z.number(),
});

/** An agent run that was granted, or for which the day keeps a start. */
const countedStartSchema = z.object({
  id: z.string(),
  repository: z.string(),
  cause: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** It has not been granted yet. */
  isReserved: z.literal(true).optional(),
});
export type CountedStart = z.infer<typeof countedStartSchema>;

/** What agents have cost, as far as it still counts. */
export const budgetStateSchema = z.object({
  holders: z.array(holderSchema),
  /** Of the last 24 hours, in the order in which they were reserved or granted. */
  starts: z.array(countedStartSchema),
});
export type BudgetState = z.infer<typeof budgetStateSchema>;

export const unusedBudget: BudgetState = { holders: [], starts: [] };

/** Without what counts no more. @param now milliseconds since the epoch */
export function currentState({ holders, starts }: BudgetState, now: number): BudgetState {
  return {
    holders: holders.filter(({ until }) => until > now),
    starts: starts.filter(({ at, isReserved }) => at > now - (isReserved ? reservationMs : dayMs)),
  };
}

/** From when on nothing of it counts any more: milliseconds since the epoch. */
export function endOfState({ holders, starts }: BudgetState): number {
  return Math.max(0, ...holders.map(({ until }) => until), ...starts.map(({ at }) => at + dayMs));
}

/** As if it had never been granted. */
export function withoutStart(state: BudgetState, id: string): BudgetState {
  const { holders, starts } = withoutUnused(state, id);
  return { holders, starts: starts.filter((start) => start.id !== id) };
}

/** Without what nobody uses any more: a start that was granted counts on. */
export function withoutUnused(state: BudgetState, id: string): BudgetState {
  return {
    holders: state.holders.filter((holder) => holder.id !== id),
    starts: state.starts.filter((start) => start.id !== id || !start.isReserved),
  };
}

export function grantedStarts({ starts }: BudgetState): CountedStart[] {
  return starts.filter(({ isReserved }) => !isReserved);
}
