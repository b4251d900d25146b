import { expect, it } from 'vitest';
import { withoutSharedSignatures } from '../../../../lib/analysis/linters/shared-signatures.ts';
import type { Hit } from '../../../../lib/analysis/rule.ts';

function unusedParameter(path: string, message: string): Hit {
  return { rule: 'unused-parameter', path, line: 1, message };
}

/** A function that takes `meta` in vain. */
function hook(name: string, path = 'a.js'): Hit {
  const message = `\`${name}\` takes \`meta\` and never uses it.`;
  return { ...unusedParameter(path, message), symbol: 'meta' };
}

it('drops the parameters of functions that have one name in many files, and nothing else', () => {
  const shared = [
    unusedParameter('a.py', '`visit` takes `node` and never uses it.'),
    unusedParameter('b.py', '`visit` takes `node` and never uses it.'),
    unusedParameter('c.py', '`visit` takes `scope` and never uses it.'),
  ];
  const single = unusedParameter('a.py', '`load` takes `mode` and never uses it.');
  const other: Hit = { rule: 'unused-import', path: 'a.py', line: 1, message: 'Same.' };

  expect(withoutSharedSignatures([...shared, single, other])).toEqual([single, other]);
  expect(withoutSharedSignatures(shared.slice(1))).toEqual(shared.slice(1));
});

it('drops a parameter that many functions of one file take in vain', () => {
  const pair = [hook('opened'), hook('closed')];

  expect(withoutSharedSignatures([...pair, hook('failed')])).toEqual([]);
  expect(withoutSharedSignatures([...pair, hook('failed', 'b.js')])).toHaveLength(3);
});
