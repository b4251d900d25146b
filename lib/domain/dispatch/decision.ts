import { z } from 'zod';
import type { Source } from '../source.ts';

/** The analysis that an issue asks for, however it does: a label and a delegation may ask at once. */
export const issueAskSchema = z.object({
  issueId: z.string(),
  repository: z.string(),
  component: z.string(),
  /** As Linear tells it, ISO 8601. */
  askedAt: z.string(),
});
export type IssueAsk = z.infer<typeof issueAskSchema>;

const runDecisionSchema = z.object({
  kind: z.literal('run'),
  flow: z.string(),
  /** Says what causes the run: the same cause gives the same name, so that it runs once. */
  name: z.string(),
  /** Holds nothing that differs between deliveries of the same cause. */
  input: z.unknown(),
  /** What asks for it, for people: `ENG-7 was assigned`. */
  reason: z.string(),
  /** What an agent session in Linear may have asked for as well. */
  ask: issueAskSchema.optional(),
  /** Gives an answer and starts no work: a pause does not hold it back. */
  whilePaused: z.boolean().optional(),
});
export type RunDecision = z.infer<typeof runDecisionSchema>;

/** What is to be done about an event. */
export const decisionSchema = z.discriminatedUnion('kind', [
  runDecisionSchema,
  z.object({ kind: z.literal('ignored'), reason: z.string() }),
]);
export type Decision = z.infer<typeof decisionSchema>;

/** All that rules may look at beside the event. */
export interface DispatchContext {
  /** Tells several installations apart. */
  stack: string;
  /** Name of the Linear label that asks for an analysis. */
  analysisLabel: string;
  components: readonly ConfiguredComponent[];
  /** Linear issue identifier → component, as configured: `lib` or `owner/name/lib`. */
  componentOfIssue: Readonly<Record<string, string>>;
  /** Whether a changed path belongs to the component. */
  covers: (component: ConfiguredComponent, path: string) => boolean;
  /** 64 hex digits that stand for the text. */
  hash: (text: string) => string;
}

export interface ConfiguredComponent {
  repository: string;
  component: string;
  /** Globs relative to the source. */
  paths: string[];
  source: Source;
  /** Analyse it when a push to the branch that its source reads touches it. */
  onPush: boolean;
}
