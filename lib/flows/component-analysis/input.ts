import { z } from 'zod';
import type { AnswerOutcome } from '../../domain/answers/answer-outcome.ts';
import type { Severity } from '../../domain/finding.ts';
import { originSchema } from '../../domain/origin.ts';
import { sourceSchema } from '../../domain/source.ts';

/** All that the analysis of a component needs to know; the same input gives the same work. */
export const analysisInputSchema = z.object({
  kind: z.literal('component').optional(),
  /** `owner/name`, or the name of the folder. */
  repository: z.string().min(1).max(200),
  component: z.string().min(1).max(200),
  /** Globs relative to the source's root. */
  paths: z.array(z.string().min(1).max(1_000)).min(1).max(1_000),
  source: sourceSchema,
  /** Absent when a person has started it. */
  origin: originSchema.optional(),
  /** Ask coding agents as well, where there are any. Default: false. */
  agents: z.boolean().optional(),
});
export type AnalysisInput = z.infer<typeof analysisInputSchema>;

/** An analysis was asked for, and it could not be told of what: no component was named, or several. */
export const unknownComponentInputSchema = z.object({
  kind: z.literal('unknown-component'),
  /** What was asked for, in the words of whoever asked: the title of an issue. */
  wanted: z.string().max(1_000),
  /** Configured components, as `repository/component` or by their plain names. */
  known: z.array(z.string().min(1).max(401)).max(10_000),
  origin: originSchema.optional(),
});
export type UnknownComponentInput = z.infer<typeof unknownComponentInputSchema>;

/** What the flow takes; without a `kind` it is the analysis of a component. */
export const componentAnalysisInputSchema = z.discriminatedUnion('kind', [
  analysisInputSchema,
  unknownComponentInputSchema,
]);
export type ComponentAnalysisInput = z.infer<typeof componentAnalysisInputSchema>;

/** Identifier of the Linear issue that has asked for the run; null where none has. */
export function askingIssue({ origin }: ComponentAnalysisInput): string | null {
  return origin?.kind === 'linear-issue' ? origin.identifier : null;
}

/** What a finished run says of itself in the list of runs. */
export interface ComponentAnalysisResult {
  /** Blob key of the report. */
  report: string;
  /** What came of showing it outside; absent where nobody waits for it. */
  answers?: AnswerOutcome[];
}

export interface AnalysisResult extends ComponentAnalysisResult {
  files: number;
  findings: Record<Severity, number>;
  comparison: { new: number; fixed: number; unchanged: number };
}
