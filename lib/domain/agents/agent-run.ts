import { z } from 'zod';
import { categorySchema } from '../finding.ts';

/** Where agents run: a hosted service, or a command on this machine. */
export const agentProviderNames = ['codegen', 'cursor', 'command'] as const;
export const agentProviderNameSchema = z.enum(agentProviderNames);
export type AgentProviderName = z.infer<typeof agentProviderNameSchema>;

/** What every provider's own words come to. `waiting`: it goes on only when somebody answers it. */
export const agentRunStates = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'timed-out',
] as const;
export const agentRunStateSchema = z.enum(agentRunStates);
export type AgentRunState = z.infer<typeof agentRunStateSchema>;

const finalStates: ReadonlySet<AgentRunState> = new Set([
  'succeeded',
  'failed',
  'cancelled',
  'timed-out',
]);

export function isFinalAgentRunState(state: AgentRunState): boolean {
  return finalStates.has(state);
}

/** A pull request that an agent has opened. */
export const agentPullRequestSchema = z.object({
  url: z.string(),
  title: z.string().nullable(),
  branch: z.string().nullable(),
});
export type AgentPullRequest = z.infer<typeof agentPullRequestSchema>;

/** A run asks twice at most: a failed or lost agent run is tried once more. */
export const agentAttempts = 2;

/** What a run and those that start it again ask for together. */
export const mostAttempts = agentAttempts + 1;

/** What came of what an agent has answered: as in the report of its run. */
const readAgentRunSchema = z.object({
  kind: z.enum(['answered', 'unusable', 'declined']),
  findings: z.int().min(0),
  /** Findings at places that do not exist. */
  dropped: z.int().min(0),
});

/** One run at an agent provider, as the system remembers it. */
export const agentRunSchema = z.object({
  /** Ours, a UUID: the same however often the start is tried. */
  id: z.string(),
  provider: agentProviderNameSchema,
  /** The provider's own; null until it is known. */
  providerId: z.string().nullable(),
  /** The run that asked for it, or has gone on with it since. */
  runId: z.string(),
  repository: z.string(),
  component: z.string(),
  analysis: categorySchema,
  /** From 1 to `mostAttempts`. */
  attempt: z.int().min(1).max(mostAttempts),
  /** What budgets count attempts by: the same for every run of one cause. */
  cause: z.string(),
  state: agentRunStateSchema,
  /** The provider's own word for it, as it was last told; null before. */
  status: z.string().nullable(),
  /** When it was first asked for; once its provider knows it, when it was asked for last. ISO 8601 UTC. */
  startedAt: z.string(),
  /** When its provider was last asked to start it, while nobody knows what came of that. ISO 8601 UTC. */
  lastAskedAt: z.string().optional(),
  /** ISO 8601 UTC; null while it has not ended. */
  endedAt: z.string().nullable(),
  /** From then on it counts as timed out. ISO 8601 UTC. */
  deadline: z.string(),
  /** Its page at the provider; null where it has none. */
  url: z.string().nullable(),
  pullRequests: z.array(agentPullRequestSchema),
  /** Set where a person has ended it: no run that goes on with it asks for another one. */
  isUnwanted: z.literal(true).optional(),
  /** Why it has not succeeded, in words; null where there is nothing to say. */
  problem: z.string().nullable(),
  /** Once its answer has been read. */
  answer: readAgentRunSchema.optional(),
  /**
   * Set at its end where nobody has seen the agent stop: until then, at the latest, it holds its place among the
   * concurrent ones. ISO 8601 UTC.
   */
  placeUntil: z.string().optional(),
});
export type AgentRun = z.infer<typeof agentRunSchema>;
