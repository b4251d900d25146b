import type { Category } from './finding.ts';

/** What is analysed, in the order in which a report has it: within a sentence. */
export const categoryNames: Readonly<Record<Category, string>> = {
  'code-quality': 'code quality',
  architecture: 'architecture',
  integration: 'integration points',
};

/** The same as a heading. */
export const categoryTitles: Readonly<Record<Category, string>> = {
  'code-quality': 'Code quality',
  architecture: 'Architecture',
  integration: 'Integration points',
};
