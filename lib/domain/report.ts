import { z } from 'zod';
import { agentPartSchema } from './agents/agent-part.ts';
import { findingSchema, integrationKinds, severitySchema } from './finding.ts';
import { originSchema } from './origin.ts';
import { languageSchema, sourceSchema } from './source.ts';

/** Raised when a reader of old reports would misunderstand the new ones. */
export const reportSchemaVersion = 1;

export const skipReasons = [
  'ignored',
  'vendored',
  'generated',
  'binary',
  'too-large',
  'unreadable',
  'symlink',
] as const;
export type SkipReason = (typeof skipReasons)[number];

const count = z.int().min(0);

/** Files of the component: what was read, what was left out and why. */
export const fileCountsSchema = z.object({
  /** Parsed and judged. */
  analysed: count,
  /** In languages that are counted, not judged. */
  listed: count,
  lines: count,
  bytes: count,
  languages: z.array(
    z.object({
      language: z.string(),
      judged: z.boolean(),
      files: count,
      lines: count,
      bytes: count,
    }),
  ),
  skipped: z.array(
    z.object({ reason: z.enum(skipReasons), files: count, examples: z.array(z.string()) }),
  ),
  /** Judged files outside the component that were read to look up references. */
  references: count,
});
export type FileCounts = z.infer<typeof fileCountsSchema>;

export const moduleSchema = z.object({
  path: z.string(),
  language: languageSchema,
  lines: count,
  /** Modules of the source (inside or outside the component) that import this one. */
  fanIn: count,
  /** Modules of the source that this one imports. */
  fanOut: count,
  /** fanOut / (fanIn + fanOut), 0 (stable) to 1; null when it has neither. */
  instability: z.number().min(0).max(1).nullable(),
  /** Names that others can use. */
  exports: count,
  functions: count,
  maxComplexity: count,
});
export type Module = z.infer<typeof moduleSchema>;

export const graphSchema = z.object({
  /** Modules of the component. */
  modules: z.array(moduleSchema),
  /** Imports between modules of the component, and from or to the rest of the source. */
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      /** Only types cross: nothing at run time. */
      typeOnly: z.boolean(),
    }),
  ),
  /** Each a closed walk of at least two modules, shortest first. */
  cycles: z.array(z.array(z.string())),
  /** What the component offers to the rest of the source, and who takes it. */
  publicInterface: z.array(
    z.object({
      path: z.string(),
      name: z.string(),
      kind: z.string(),
      line: z.int(),
      usedBy: count,
    }),
  ),
});
export type ModuleGraph = z.infer<typeof graphSchema>;

export const integrationPointSchema = z.object({
  kind: z.enum(integrationKinds),
  /** `requests.get`, `psycopg2.connect`, `STRIPE_API_KEY`, `lodash`. */
  name: z.string(),
  /** Host, table, file, command or declared version, where the code says it. */
  detail: z.string().nullable(),
  path: z.string(),
  line: z.int().min(1),
  /** Further places of the same point, as `path:line`. */
  alsoAt: z.array(z.string()),
  /** What happens in the code around it when it fails; null where that has no meaning. */
  errorHandling: z.enum(['handled', 'swallowed', 'none']).nullable(),
  /** A time limit is set; null where that has no meaning. */
  timeout: z.boolean().nullable(),
});
export type IntegrationPoint = z.infer<typeof integrationPointSchema>;

export const metricsSchema = z.object({
  files: count,
  lines: count,
  codeLines: count,
  functions: count,
  classes: count,
  /** Over the functions of the component. */
  complexity: z.object({ mean: z.number(), p90: z.number(), max: count }),
  /** Share of public functions and classes with documentation, 0 to 1; null without any. */
  documented: z.number().min(0).max(1).nullable(),
  /** Share of code lines that stand elsewhere too, 0 to 1. */
  duplicated: z.number().min(0).max(1),
  findings: z.record(severitySchema, count),
});
export type Metrics = z.infer<typeof metricsSchema>;

export const comparisonSchema = z.object({
  /** Null for the first report of a component. */
  previous: z
    .object({ runId: z.string(), generatedAt: z.string(), commit: z.string().nullable() })
    .nullable(),
  new: count,
  fixed: count,
  unchanged: count,
  /** Fingerprints of findings that the report before did not have. */
  newFindings: z.array(z.string()),
  /** Findings of the report before that are gone. */
  fixedFindings: z.array(findingSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What the analysis of a component has found. */
export const reportSchema = z.object({
  schemaVersion: z.literal(reportSchemaVersion),
  runId: z.string(),
  /** ISO 8601 UTC. */
  generatedAt: z.string(),
  component: z.object({ name: z.string(), repository: z.string(), paths: z.array(z.string()) }),
  source: z.intersection(
    sourceSchema,
    z.object({
      /** 40 hex digits, where the source is a git checkout or comes from GitHub. */
      commit: z.string().nullable(),
    }),
  ),
  files: fileCountsSchema,
  metrics: metricsSchema,
  graph: graphSchema,
  integrationPoints: z.array(integrationPointSchema),
  /** Most serious first, then by path and line. */
  findings: z.array(findingSchema),
  comparison: comparisonSchema,
  /** What could not be judged, and why: sentences for people, 20 at most. */
  notes: z.array(z.string()).default([]),
  /** What coding agents have added, one part an analysis; none where they were not asked. */
  agents: z.array(agentPartSchema).default([]),
});
export type Report = z.infer<typeof reportSchema>;

/** What is reported where an analysis was asked for and no single configured component was named. */
export const unknownComponentReportSchema = z.object({
  schemaVersion: z.literal(reportSchemaVersion),
  kind: z.literal('unknown-component'),
  runId: z.string(),
  /** ISO 8601 UTC. */
  generatedAt: z.string(),
  /** The words of whoever asked, cut and without control characters. */
  wanted: z.string(),
  /** Configured components, in alphabetical order. */
  known: z.array(z.string()),
  origin: originSchema.optional(),
});
export type UnknownComponentReport = z.infer<typeof unknownComponentReportSchema>;

/** What a run can report. */
export const runReportSchema = z.union([unknownComponentReportSchema, reportSchema]);
export type RunReport = z.infer<typeof runReportSchema>;
