import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprintHits } from '../../../lib/analysis/fingerprint.ts';
import type { Hit } from '../../../lib/analysis/rule.ts';

const source = ['import os', 'import re', '', 'def f():', '    x = 1', '    x = 1', '    return 2'];

const hits: Hit[] = [
  { rule: 'unused-import', path: 'a.py', line: 1, message: 'os', symbol: 'os' },
  { rule: 'unused-import', path: 'a.py', line: 2, message: 're', symbol: 're' },
  { rule: 'unused-variable', path: 'a.py', line: 5, message: 'first' },
  { rule: 'unused-variable', path: 'a.py', line: 6, message: 'second, of the same text' },
];

describe('fingerprintHits', () => {
  test('tells hits apart, also those alike in rule and text', () => {
    expect(new Set(fingerprintHits(hits, source)).size).toBe(hits.length);
  });

  test('stays the same wherever lines are inserted', () => {
    const before = fingerprintHits(hits, source);
    const insertions = fc.array(
      fc.record({ at: fc.nat(source.length), text: fc.constantFrom('', '# note', 'y = 2') }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(insertions, (inserted) => {
        const lines = [...source];
        const moved = hits.map((hit) => Object.assign({}, hit));
        for (const { at, text } of inserted) {
          lines.splice(at, 0, text);
          for (const hit of moved) if (hit.line > at) hit.line += 1;
        }
        expect(fingerprintHits(moved, lines)).toEqual(before);
      }),
    );
  });

  test('does not depend on layout within the line', () => {
    const indented = source.map((line) => line.replace('    x', '\t\tx'));
    expect(fingerprintHits(hits, indented)).toEqual(fingerprintHits(hits, source));
  });

  test('differs by rule, path and symbol', () => {
    const [first] = fingerprintHits(hits.slice(0, 1), source);
    const others = [{ rule: 'x' }, { path: 'b.py' }, { symbol: 'sys' }].map(
      (change) => fingerprintHits([Object.assign({}, hits[0], change)], source)[0],
    );
    expect(others).not.toContain(first);
  });
});
