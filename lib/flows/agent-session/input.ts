import { z } from 'zod';

/** What has happened in a session: the same input for all deliveries that tell of it. */
export const agentSessionInputSchema = z.object({
  /** Id of the session. */
  session: z.string().min(1).max(64),
  /** Id of the activity in which something was said; null: the session was begun. */
  activity: z.string().min(1).max(64).nullable(),
});
export type AgentSessionInput = z.infer<typeof agentSessionInputSchema>;

export interface AgentSessionResult {
  /** What was done, in a word: `start`, `unclear`, `nothing`. */
  done: string;
  /** More of it, for people. */
  detail: string;
}
