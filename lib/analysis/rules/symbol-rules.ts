import type { Rule } from '../rule.ts';

/** What `lib/analysis/symbols` reports: code that nothing in the whole source refers to. */
export const symbolRules: Rule[] = [
  {
    id: 'unused-function',
    category: 'code-quality',
    topic: 'unused-code',
    severity: 'low',
    confidence: 'medium',
    title: 'Unused function or method',
    advice: 'Remove it, or make the code that should call it do so.',
  },
  {
    id: 'unused-class',
    category: 'code-quality',
    topic: 'unused-code',
    severity: 'low',
    confidence: 'medium',
    title: 'Unused class',
    advice: 'Remove it, or make the code that should use it do so.',
  },
  {
    id: 'unused-export',
    category: 'code-quality',
    topic: 'unused-code',
    severity: 'low',
    confidence: 'medium',
    title: 'Unused exported value or type',
    advice: 'Remove it, or drop the export if only its own module needs it.',
  },
];
