import { expect, it } from 'vitest';
import { withoutSharedSignatures } from '../../../../lib/analysis/linters/shared-signatures.ts';
import type { Hit } from '../../../../lib/analysis/rule.ts';

function unusedParameter(path: string, message: string): Hit {
  return { rule: 'unused-parameter', path, line: 1, message };
}

it('drops a parameter that functions of one name share in many places, and nothing else', () => {
  const message = '`visit` takes `node` and never uses it.';
  const single = unusedParameter('a.py', '`load` takes `mode` and never uses it.');
  const other: Hit = { rule: 'unused-import', path: 'a.py', line: 1, message: 'Same.' };
  const shared = ['a.py', 'b.py', 'c.py'].map((path) => unusedParameter(path, message));

  expect(withoutSharedSignatures([...shared, single, other, other, other])).toEqual([
    single,
    other,
    other,
    other,
  ]);
  expect(withoutSharedSignatures(shared.slice(1))).toEqual(shared.slice(1));
});
