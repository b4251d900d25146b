import { describe, expect, it } from 'vitest';
import { pythonLines, readPython, typescriptLines } from '../reading.ts';

describe('contradictory-default', () => {
  it.each([
    ['the type', 'def f(n: int = "a"): ...'],
    ['a generic type', 'def f(n: list[int] = 0): ...'],
    ['the name of a flag', 'def f(is_open="yes"): ...'],
    ['a name that requires it', 'def f(required_path=None): ...'],
    ['its counterpart', 'def f(min_size=10, max_size=5): ...'],
    [
      'the documentation',
      'def f(n=5):\n    """\n    Args:\n        n: how many, defaults to 10.\n    """',
    ],
    [
      'the body that refuses it',
      'def f(path=None):\n    if path is None:\n        raise ValueError("path")',
    ],
    ['the body that overwrites it', 'def f(n=5):\n    n = load()\n    return n'],
  ])('hits a default against %s', (_, text) => {
    expect(pythonLines('contradictory-default', text)).toEqual([1]);
  });

  it.each([
    ['null forced past its type', 'function f(a: string = null as any) {}'],
    ['null that is refused', 'function f(a = null) { if (a === null) throw new Error("a"); }'],
    ['a JSDoc default', '/** @param {number} [n=10] many */ function f(n = 5) {}'],
  ])('hits in TypeScript: %s', (_, text) => {
    expect(typescriptLines('contradictory-default', text)).toEqual([1]);
  });

  it.each([
    ['a whole number for a float', 'def f(n: float = 1): ...'],
    ['an implicit optional, which Ruff reports', 'def f(n: str = None): ...'],
    ['a list of required things', 'def f(required_fields=None): ...'],
    ['a range in order', 'def f(min_size=1, max_size=5): ...'],
    [
      'the documented default',
      'def f(n=1_000):\n    """\n    Args:\n        n: defaults to 1000\n    """',
    ],
    [
      'a default that is filled in',
      'def f(a=None):\n    if a is None:\n        a = []\n    return a',
    ],
    ['a default that is converted', 'def f(a="x"):\n    a = a.strip()\n    return a'],
    ['a refusal after another use', 'def f(a=None):\n    b(a)\n    if a is None:\n        raise E'],
    ['a default refused in one case', 'def f(a=None, b=1):\n    if a is None and b: raise E'],
  ])('accepts %s', (_, text) => {
    expect(pythonLines('contradictory-default', text)).toEqual([]);
  });

  it('accepts arrays and unions in TypeScript', () => {
    expect(
      typescriptLines(
        'contradictory-default',
        'function f(a: string[] = [], b: string | null = null) {}',
      ),
    ).toEqual([]);
  });

  it('says what contradicts what', () => {
    const [hit] = readPython('def f(n: int = "a"): ...').hits;

    expect(hit?.message).toBe('`f` gives `n` the default `"a"`, but declares it as `int`.');
  });
});

describe('shared-mutable-value', () => {
  it('hits a collection of the module that a function changes by default', () => {
    expect(
      typescriptLines(
        'shared-mutable-value',
        'const DEFAULTS = { a: 1 };',
        'function f(options = DEFAULTS) {',
        '  options.a = 2;',
        '}',
      ),
    ).toEqual([3]);
    expect(
      pythonLines(
        'shared-mutable-value',
        'NAMES = []',
        'def f(names=NAMES):',
        '    names.append(1)',
      ),
    ).toEqual([3]);
  });

  it('accepts reading it, copying it, and a cache', () => {
    expect(
      typescriptLines(
        'shared-mutable-value',
        'const DEFAULTS = { a: 1 }, cache = {};',
        'function f(options = DEFAULTS) { return options.a; }',
        'function g(options = DEFAULTS) { options = { ...options }; options.a = 2; }',
        'function h(store = cache) { store.a = 2; }',
      ),
    ).toEqual([]);
  });
});
