import type { Category } from '../../../domain/finding.ts';

/** In the order in which a report has them. */
export const categoryTitles: Readonly<Record<Category, string>> = {
  'code-quality': 'Code quality',
  architecture: 'Architecture',
  integration: 'Integration',
};
