import { describe, expect, it } from 'vitest';
import type { Hit } from '../../../../../lib/analysis/rule.ts';
import { pythonLines, readPython, readTypescript, typescriptLines } from '../reading.ts';

function complexityHits(paths: number): Hit[] {
  const branches = Array.from({ length: paths - 1 }, (_, n) => `    if a == ${n}: b(${n})`);
  const { hits } = readPython(['def f(a):', ...branches].join('\n'));
  return hits.filter((hit) => hit.rule === 'high-complexity');
}

function nested(levels: number): string {
  return `function f() { ${'if (a) {'.repeat(levels)}${'}'.repeat(levels)} }`;
}

function lengthHits(count: number, filler: string): Hit[] {
  const { hits } = readTypescript(`function f() {\n${filler.repeat(count)}}\n`);
  return hits.filter((hit) => hit.rule === 'long-function');
}

describe('high-complexity', () => {
  it('hits above 15 paths, and is serious above 30', () => {
    expect(complexityHits(15)).toEqual([]);
    expect(complexityHits(16)).toMatchObject([{ line: 1, severity: 'medium', symbol: 'f' }]);
    expect(complexityHits(31)).toMatchObject([{ severity: 'high' }]);
  });

  it('leaves functions inside to themselves', () => {
    const inner = Array.from({ length: 10 }, (_, n) => `if (a === ${n}) b();`).join(' ');
    const text = `function f(a) { ${inner} items.forEach(() => { ${inner} }); }`;

    expect(typescriptLines('high-complexity', text)).toEqual([]);
  });
});

describe('deep-nesting', () => {
  it('hits above five levels', () => {
    expect(typescriptLines('deep-nesting', nested(5))).toEqual([]);
    expect(typescriptLines('deep-nesting', nested(6))).toEqual([1]);
  });

  it('takes a chain of else-if for one level', () => {
    const chain = `function f() { ${'if (a) {} else '.repeat(10)} {} }`;

    expect(typescriptLines('deep-nesting', chain)).toEqual([]);
  });
});

describe('long-function', () => {
  it('counts lines of code, not comments and blank lines', () => {
    expect(lengthHits(79, 'a();\n')).toMatchObject([{ severity: 'low' }]);
    expect(lengthHits(78, 'a();\n')).toEqual([]);
    expect(lengthHits(300, 'a();\n')).toMatchObject([{ severity: 'medium' }]);
    expect(lengthHits(300, '// a\n\n')).toEqual([]);
  });
});

describe('many-parameters', () => {
  it('hits above seven, self not counted', () => {
    expect(pythonLines('many-parameters', 'def f(a, b, c, d, e, f, g, h): ...')).toEqual([1]);
    expect(
      pythonLines('many-parameters', 'class A:', '    def f(self, a, b, c, d, e, f, g): ...'),
    ).toEqual([]);
  });
});

describe('unreachable-code', () => {
  it('is what follows a jump in Python', () => {
    expect(
      pythonLines('unreachable-code', 'def f():', '    return 1', '    # why', '    g()'),
    ).toEqual([4]);
    expect(
      pythonLines(
        'unreachable-code',
        'for x in y:',
        '    if x:',
        '        continue',
        '        g()',
      ),
    ).toEqual([4]);
  });

  it('is what follows the end of the process, or of every branch', () => {
    expect(pythonLines('unreachable-code', 'def f():', '    sys.exit(1)', '    g()')).toEqual([3]);
    expect(
      pythonLines(
        'unreachable-code',
        'def f(a):',
        '    if a: return 1',
        '    elif b: return 2',
        '    else: raise E',
        '    g()',
      ),
    ).toEqual([5]);
    expect(
      pythonLines(
        'unreachable-code',
        'def f(a):',
        '    if a: return 1',
        '    else: b()',
        '    g()',
      ),
    ).toEqual([]);
  });

  it('is not what makes an empty generator, nor what another branch reaches', () => {
    expect(pythonLines('unreachable-code', 'def f():', '    return', '    yield')).toEqual([]);
    expect(
      pythonLines('unreachable-code', 'def f(a):', '    if a:', '        return 1', '    return 2'),
    ).toEqual([]);
  });
});
