import { z } from 'zod';
import { countChange } from '../count-change.ts';
import { severitySchema } from '../finding.ts';
import type { Report } from '../report.ts';
import { sourceSchema } from '../source.ts';

const count = z.int().min(0);

const findingCountsSchema = z.object({
  /** All there are, by severity. */
  open: z.record(severitySchema, count),
  /** Without those for information only. Null in the first report: nothing to compare with. */
  new: count.nullable(),
  fixed: count.nullable(),
});

/** How the last analysis of a component ended. */
export const componentResultSchema = z.object({
  repository: z.string(),
  component: z.string(),
  /** One component of several branches or folders has a result for each. */
  source: sourceSchema,
  state: z.enum(['succeeded', 'failed']),
  runId: z.string(),
  /** ISO 8601 UTC. */
  endedAt: z.string(),
  /** Those of the last analysis that succeeded; null before the first. */
  findings: findingCountsSchema.nullable(),
  /** Identifier of the issue that asked for it; null where none did. */
  issue: z.string().nullable(),
});
export type ComponentResult = z.infer<typeof componentResultSchema>;

/** @param issue identifier of the issue that asked for the analysis */
export function resultOf(report: Report, issue: string | null): ComponentResult {
  const { component, generatedAt, metrics, runId, source } = report;
  const { commit: _commit, ...place } = source;
  const change = countChange(report);
  return {
    repository: component.repository,
    component: component.name,
    source: place,
    state: 'succeeded',
    runId,
    endedAt: generatedAt,
    findings: {
      open: metrics.findings,
      new: change?.new ?? null,
      fixed: change?.fixed ?? null,
    },
    issue,
  };
}

/** What is known once `result` has come in: an older one changes nothing, a failed one keeps the findings. */
export function latestResult(
  before: ComponentResult | undefined,
  result: ComponentResult,
): ComponentResult {
  if (before === undefined) return result;
  if (before.endedAt > result.endedAt) return before;
  return { ...result, findings: result.findings ?? before.findings };
}
