import type { Rule } from '../rule.ts';
import { codeQuality } from './rule-rows.ts';

const unusedCode = codeQuality('unused-code', [
  [
    'unused-import',
    'low',
    'high',
    'Unused import',
    'Remove the import, or export it explicitly if others take it from here.',
  ],
  [
    'star-import',
    'low',
    'high',
    'Star import',
    'Import the names that are used, so that readers and tools see where they come from.',
  ],
  [
    'unused-variable',
    'low',
    'high',
    'Unused variable',
    'Remove the variable, or use the value that it was meant to hold.',
  ],
  ['unused-type', 'low', 'medium', 'Unused type', 'Remove the type.'],
  [
    'unreachable-code',
    'medium',
    'high',
    'Unreachable code',
    'Remove the code, or mend the condition that cuts it off.',
  ],
  [
    'useless-expression',
    'medium',
    'medium',
    'Expression without effect',
    'Use the value, or remove the expression.',
  ],
]);

const parameters = codeQuality('parameters', [
  [
    'unused-parameter',
    'low',
    'medium',
    'Unused parameter',
    'Remove the parameter, or use it; mark it with `_` where a caller demands it.',
  ],
  [
    'mutable-default',
    'high',
    'high',
    'Mutable default',
    'Use None as the default and make the value inside the function.',
  ],
  [
    'evaluated-default',
    'medium',
    'medium',
    'Default computed once',
    'Compute the value inside the function: the default is made once, at import.',
  ],
  [
    'contradictory-default',
    'low',
    'high',
    'Contradictory default',
    'Make the type and the order of the parameters agree with their defaults.',
  ],
]);

const performance = codeQuality('performance', [
  [
    'sync-call-in-async',
    'medium',
    'high',
    'Blocking call in async code',
    'Use the asynchronous variant, or a thread: everything else stands still meanwhile.',
  ],
  [
    'busy-wait',
    'low',
    'medium',
    'Waiting by polling',
    'Wait for an event instead of sleeping in a loop.',
  ],
  [
    'await-in-loop',
    'low',
    'low',
    'Await in a loop',
    'Start independent calls together and await them all.',
  ],
  [
    'inefficient-loop',
    'low',
    'high',
    'Needless work on a collection',
    'Take the direct way: the intermediate copy or pass is not needed.',
  ],
  [
    'cached-method',
    'medium',
    'medium',
    'Cache that keeps its instances',
    'Cache a function of the data: the cache of a method keeps every instance alive.',
  ],
]);

const duplication = codeQuality('duplication', [
  [
    'duplicate-code',
    'low',
    'high',
    'Duplicate code',
    'Move what the places share into one function.',
  ],
]);

/** Code that is not needed, slow, misleading in its signature, or there twice. */
export const tidinessRules: readonly Rule[] = [
  ...unusedCode,
  ...parameters,
  ...performance,
  ...duplication,
];
