import { describe, expect, it } from 'vitest';
import { pythonLines, typescriptLines } from '../reading.ts';

const elevenLines = Array.from({ length: 11 }, (_, n) => `    step(${n})`);

describe('missing-documentation', () => {
  it('hits what is public and not trivial, in either language', () => {
    expect(pythonLines('missing-documentation', 'def load(a):', ...elevenLines)).toEqual([1]);
    expect(
      typescriptLines('missing-documentation', 'export function load(a) {', ...elevenLines, '}'),
    ).toEqual([1]);
    expect(
      pythonLines('missing-documentation', 'def f(a, b, c):', ...elevenLines.slice(0, 4)),
    ).toEqual([1]);
  });

  it('leaves what is short, private, documented or overriding alone', () => {
    expect(pythonLines('missing-documentation', 'def load(a):', '    return a')).toEqual([]);
    expect(pythonLines('missing-documentation', 'def _load(a):', ...elevenLines)).toEqual([]);
    expect(
      pythonLines('missing-documentation', 'def load(a):', '    """Loads."""', ...elevenLines),
    ).toEqual([]);
    expect(
      typescriptLines('missing-documentation', 'function load(a) {', ...elevenLines, '}'),
    ).toEqual([]);
    expect(
      typescriptLines(
        'missing-documentation',
        '/** A shop. */',
        'export class Shop extends Base {',
        '  load(a) {',
        ...elevenLines,
        '  }',
        '}',
      ),
    ).toEqual([]);
  });
});

describe('stale-documentation', () => {
  it('hits a documented parameter that is gone, on its line', () => {
    expect(
      pythonLines(
        'stale-documentation',
        'def f(path):',
        '    """Loads.',
        '',
        '    Args:',
        '        path: where',
        '        limit (int): how many',
        '    """',
      ),
    ).toEqual([6]);
    expect(
      pythonLines('stale-documentation', 'def f(a):', '    """', '    :param int b: x', '    """'),
    ).toEqual([3]);
    expect(
      typescriptLines(
        'stale-documentation',
        '/**',
        ' * @param {string} path where',
        ' * @param limit how many',
        ' */',
        'export const f = (path) => path;',
      ),
    ).toEqual([3]);
  });

  it('accepts properties, sections that end, and functions that take anything', () => {
    expect(
      typescriptLines(
        'stale-documentation',
        '/** @param options what @param options.size how many */',
        'function f(options) {}',
        '/** @param options what */',
        'function g({ size }) {}',
      ),
    ).toEqual([]);
    expect(
      pythonLines(
        'stale-documentation',
        'def f(path, **options):',
        '    """',
        '    Args:',
        '        limit: how many',
        '    """',
        'def g(path):',
        '    """',
        '    Args:',
        '        path: where it is,',
        '            note: deeper text is no entry',
        '    Returns:',
        '        dict: all of it',
        '    """',
      ),
    ).toEqual([]);
  });
});
