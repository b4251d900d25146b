import { z } from 'zod';
import { severitySchema } from '../../domain/finding.ts';
import { sourceSchema } from '../../domain/source.ts';

/** All that a component analysis needs to know; the same input gives the same work. */
export const analysisInputSchema = z.object({
  /** `owner/name`, or the name of the folder. */
  repository: z.string().min(1).max(200),
  component: z.string().min(1).max(200),
  /** Globs relative to the source's root. */
  paths: z.array(z.string().min(1).max(1_000)).min(1).max(1_000),
  source: sourceSchema,
});
export type AnalysisInput = z.infer<typeof analysisInputSchema>;

/** What a finished analysis says of itself in the list of runs. */
export const analysisResultSchema = z.object({
  /** Blob key of the report. */
  report: z.string(),
  files: z.int(),
  findings: z.record(severitySchema, z.int()),
  comparison: z.object({ new: z.int(), fixed: z.int(), unchanged: z.int() }),
});
export type AnalysisResult = z.infer<typeof analysisResultSchema>;
