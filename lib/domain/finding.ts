import { z } from 'zod';

export const categorySchema = z.enum(['code-quality', 'architecture', 'integration']);
export type Category = z.infer<typeof categorySchema>;

/** Most serious first: the order in which findings are shown. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

export const confidenceSchema = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof confidenceSchema>;

/** What a component can touch outside its process; each is a topic too. */
export const integrationKinds = [
  'http-api',
  'database',
  'file-system',
  'network',
  'subprocess',
  'library',
  'configuration',
] as const;

export const topicSchema = z.enum([
  // code-quality
  'syntax',
  'unused-code',
  'parameters',
  'error-handling',
  'correctness',
  'duplication',
  'performance',
  'security',
  'documentation',
  'complexity',
  // architecture
  'dependencies',
  'coupling',
  'size',
  'interface',
  // integration
  ...integrationKinds,
]);
export type Topic = z.infer<typeof topicSchema>;

/** One rule hit at one place. */
export const findingSchema = z.object({
  category: categorySchema,
  topic: topicSchema,
  /** Our own kebab-case rule name, the same for every language: `unused-import`. */
  rule: z.string(),
  severity: severitySchema,
  confidence: confidenceSchema,
  /** Relative to the source's root, with `/`; always inside the component. */
  path: z.string(),
  /** 1-based. */
  line: z.int().min(1),
  message: z.string(),
  /** Function, class, variable or module that the finding is about, where it has one. */
  symbol: z.string().optional(),
  /** The linter and its own rule behind the finding: `ruff F401`. Absent for rules of ours. */
  tool: z.string().optional(),
  /** Same finding, same fingerprint, also after its lines have moved. */
  fingerprint: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;
