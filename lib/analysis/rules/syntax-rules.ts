import type { Rule } from '../rule.ts';
import { codeQuality } from './rule-rows.ts';

const syntax = codeQuality('syntax', [
  [
    'syntax-error',
    'medium',
    'high',
    'Syntax error',
    'Repair the file, or leave it out of the component: what follows the error is not analysed.',
  ],
]);

const complexity = codeQuality('complexity', [
  [
    'high-complexity',
    'medium',
    'high',
    'Too many paths through a function',
    'Split the function along its decisions, or put them into a table.',
  ],
  [
    'deep-nesting',
    'low',
    'high',
    'Deeply nested control flow',
    'Leave early, or give the inner part a function and a name of its own.',
  ],
  [
    'many-parameters',
    'low',
    'high',
    'Many parameters',
    'Group the parameters that travel together into one object.',
  ],
]);

const documentation = codeQuality('documentation', [
  [
    'missing-documentation',
    'info',
    'medium',
    'Undocumented public interface',
    'Say what it does, what it returns and how it fails.',
  ],
  [
    'stale-documentation',
    'low',
    'high',
    'Documentation that contradicts the code',
    'Bring the documentation up to date with the signature.',
  ],
]);

const security = codeQuality('security', [
  [
    'path-traversal',
    'high',
    'high',
    'File path from a request',
    'Look the name up in a list of allowed ones, or check that the resolved path stays in its folder.',
  ],
]);

const longFunction: Rule = {
  id: 'long-function',
  category: 'architecture',
  topic: 'size',
  severity: 'low',
  confidence: 'high',
  title: 'Long function',
  advice: 'Split the function into steps that can be named and tested.',
};

const performance = codeQuality('performance', [
  [
    'quadratic-build',
    'low',
    'medium',
    'Collection copied in every turn',
    'Add to one collection in place: copying it each time is quadratic.',
  ],
  [
    'nested-find',
    'low',
    'medium',
    'Linear search inside a loop',
    'Build a Set or a Map (in Python a set or dict) once, before the loop.',
  ],
  [
    'query-in-loop',
    'medium',
    'medium',
    'Query in a loop',
    'Ask for all of them at once, or in batches.',
  ],
  [
    'regex-in-loop',
    'info',
    'medium',
    'Regular expression compiled in a loop',
    'Compile it once, before the loop.',
  ],
  [
    'json-clone',
    'info',
    'high',
    'Copy by way of JSON',
    'Use structuredClone: JSON drops what it cannot say.',
  ],
]);

/** What the checks on syntax trees report beside the rules that they share with the linters. */
export const syntaxRules: readonly Rule[] = [
  ...syntax,
  ...complexity,
  longFunction,
  ...security,
  ...documentation,
  ...performance,
];
