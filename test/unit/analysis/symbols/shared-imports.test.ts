import { describe, expect, it } from 'vitest';
import { createRuff } from '../../../../lib/analysis/linters/ruff.ts';
import { resolveImports } from '../../../../lib/analysis/modules/resolve-imports.ts';
import { withoutSharedImports } from '../../../../lib/analysis/symbols/shared-imports.ts';
import { sourceFile } from '../../../builders/source-file.ts';
import { readPython } from '../syntax/reading.ts';

const ruff = createRuff();
const offering = 'from http.cookies import Morsel\nimport numpy as np\n';

/** Unused imports of `pkg/shims.py` beside another module of the package. */
function unusedBeside(user: string): (string | undefined)[] {
  const shims = sourceFile('pkg/shims.py', offering);
  const facts = [shims, sourceFile('pkg/user.py', user)].map(
    ({ text, path }) => readPython(text, path).facts,
  );
  const hits = withoutSharedImports(ruff.check(shims).hits, facts, resolveImports(facts, []));
  return hits.filter(({ rule }) => rule === 'unused-import').map(({ symbol }) => symbol);
}

describe('an unused import', () => {
  it.each([
    ['takes the name', 'from .shims import Morsel, np\nprint(Morsel, np)\n'],
    ['reads it off the module', 'from . import shims\nprint(shims.Morsel, shims.np)\n'],
    ['takes everything and reads it', 'from .shims import *\nprint(Morsel, np)\n'],
  ])('is none where another module %s', (_title, user) => {
    expect(unusedBeside(user)).toEqual([]);
  });

  it('stays one where the others take something else, or the same from elsewhere', () => {
    const all = ['http.cookies.Morsel', 'numpy'];

    expect(unusedBeside('from .shims import other\nprint(other)\n')).toEqual(all);
    expect(unusedBeside('from http.cookies import Morsel\nprint(Morsel)\n')).toEqual(all);
  });

  it('stays one for each name that nobody takes', () => {
    expect(unusedBeside('from .shims import np\nprint(np)\n')).toEqual(['http.cookies.Morsel']);
  });
});
