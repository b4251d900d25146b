import { openingTurn } from './turn.ts';

/** A session as it stands at the tracker. */
export interface StandingSession {
  id: string;
  status: string;
  /** A person has begun it. */
  isByPerson: boolean;
  /** ISO 8601 UTC */
  createdAt: string;
  /** Oldest first. */
  prompts: readonly { id: string; isByPerson: boolean; createdAt: string }[];
}

/** Long after a webhook tells it. */
const graceMs = 120_000;

/** Whoever has answered these, it was done: before this installation was there, or by another one. */
const answered: ReadonlySet<string> = new Set(['complete', 'error']);

/**
 * What was said last in a session and what no event has told of.
 * @param heard what events have told of
 * @param now milliseconds since the epoch
 * @returns id of the activity, null for how the session was begun; undefined where all was heard of
 */
export function findUnheard(
  { createdAt, isByPerson, prompts, status }: StandingSession,
  heard: readonly { turn: string }[],
  now: number,
): { activity: string | null } | undefined {
  const said = prompts.findLast((prompt) => prompt.isByPerson);
  if (said === undefined && !isByPerson) return undefined;
  if (now - Date.parse(said?.createdAt ?? createdAt) < graceMs) return undefined;
  if (heard.length === 0 && answered.has(status)) return undefined;
  const turn = said?.id ?? openingTurn;
  if (heard.some((known) => known.turn === turn)) return undefined;
  return { activity: said?.id ?? null };
}
