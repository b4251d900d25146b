import { z } from 'zod';
import { categorySchema, severitySchema, topicSchema } from '../finding.ts';
import { agentProviderNameSchema, agentPullRequestSchema } from './agent-run.ts';

/** One thing that an agent has found, at a place that was checked to exist. Its words are text from outside. */
export const agentFindingSchema = z.object({
  /** Null where it names none that we know. */
  topic: topicSchema.nullable(),
  severity: severitySchema,
  /** Of a file of the component, relative to the source's root. */
  path: z.string(),
  /** 1-based; null where it is about the whole file. */
  line: z.int().min(1).nullable(),
  title: z.string(),
  /** What it means and what to do; may be empty. */
  detail: z.string(),
});
export type AgentFinding = z.infer<typeof agentFindingSchema>;

/**
 * How the agent's part of an analysis has ended. `unusable`: it has answered something that could not be read;
 * `declined`: it has said that it would not or could not; `not-asked`: a budget or a pause was in the way.
 */
export const agentOutcomeSchema = z.enum([
  'answered',
  'unusable',
  'declined',
  'failed',
  'timed-out',
  'cancelled',
  'not-asked',
]);
export type AgentOutcome = z.infer<typeof agentOutcomeSchema>;

/** How one analysis was asked of an agent, and how that ended: small enough for a checkpoint. */
export const agentEndSchema = z.object({
  analysis: categorySchema,
  provider: agentProviderNameSchema,
  outcome: agentOutcomeSchema,
  /** Of the last attempt; null where it was never started. */
  agentRunId: z.string().nullable(),
  attempts: z.int().min(0),
  /** Minutes of all attempts together. */
  minutes: z.number().min(0),
  url: z.string().nullable(),
  pullRequests: z.array(agentPullRequestSchema),
  /** What is missing, and why, in words; null where nothing is. */
  problem: z.string().nullable(),
});
export type AgentEnd = z.infer<typeof agentEndSchema>;

/** What an agent has added to the report of a component. */
export const agentPartSchema = agentEndSchema.extend({
  /** Plain text, cut; empty where it said nothing usable. */
  summary: z.string(),
  findings: z.array(agentFindingSchema),
  /** Findings at paths or lines that do not exist. */
  dropped: z.int().min(0),
});
export type AgentPart = z.infer<typeof agentPartSchema>;
