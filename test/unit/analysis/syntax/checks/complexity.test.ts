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

function innerFunction(name: string): string {
  return `function ${name}() {\n${'a();\n'.repeat(60)}}\n`;
}

/** What a function with so many branches among so many lines is told for. */
function rulesOf(branches: number, lines: number): string[] {
  const body = [
    ...Array.from({ length: branches }, (_, n) => `    if a == ${n}: b(${n})`),
    ...Array.from({ length: lines - branches }, () => '    c()'),
  ];
  return readPython(['def f(a):', ...body].join('\n')).hits.flatMap(({ rule }) =>
    rule === 'missing-documentation' ? [] : [rule],
  );
}

function branched(paths: number, levels: number): string {
  const inner = '}'.repeat(levels);
  const others = 'if (a) b();'.repeat(paths - 1 - levels);
  return `function f() { ${'if (a) {'.repeat(levels)}${inner} ${others} }`;
}

describe('high-complexity', () => {
  it('hits above 25 paths, and is graver above 35 and above 50', () => {
    expect(complexityHits(25)).toEqual([]);
    expect(complexityHits(26)).toMatchObject([{ line: 1, severity: 'low', symbol: 'f' }]);
    expect(complexityHits(36)).toMatchObject([{ severity: 'medium' }]);
    expect(complexityHits(51)).toMatchObject([{ severity: 'high' }]);
  });

  it('hits above 20 paths where they are nested', () => {
    expect(typescriptLines('high-complexity', branched(21, 3))).toEqual([1]);
    expect(typescriptLines('high-complexity', branched(20, 3))).toEqual([]);
    expect(typescriptLines('high-complexity', branched(21, 2))).toEqual([]);
  });

  it('leaves functions inside to themselves', () => {
    const inner = Array.from({ length: 15 }, (_, n) => `if (a === ${n}) b();`).join(' ');
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
    expect(lengthHits(99, 'a();\n')).toMatchObject([{ severity: 'low' }]);
    expect(lengthHits(98, 'a();\n')).toEqual([]);
    expect(lengthHits(300, 'a();\n')).toMatchObject([{ severity: 'medium' }]);
    expect(lengthHits(300, '// a\n\n')).toEqual([]);
  });

  it('leaves the lines of functions inside to themselves', () => {
    expect(lengthHits(1, innerFunction('g') + innerFunction('h'))).toEqual([]);
    expect(lengthHits(1, `function g() {\n${'a();\n'.repeat(100)}}\n`)).toMatchObject([
      { symbol: 'f.g', line: 2 },
    ]);
  });
});

describe('a function that is long and branched', () => {
  it('is told once, by what is graver', () => {
    expect(rulesOf(36, 120)).toEqual(['high-complexity']);
    expect(rulesOf(27, 210)).toEqual(['long-function']);
  });

  it('is told twice where each is gross', () => {
    expect(rulesOf(52, 220)).toEqual(['high-complexity', 'long-function']);
  });
});

describe('many-parameters', () => {
  it('hits above seven, self not counted', () => {
    expect(pythonLines('many-parameters', 'def f(a, b, c, d, e, f, g, h): ...')).toEqual([1]);
    expect(
      pythonLines('many-parameters', 'class A:', '    def f(self, a, b, c, d, e, f, g): ...'),
    ).toEqual([]);
  });

  it('leaves declarations to the code beside them', () => {
    const text = 'export declare function f(a, b, c, d, e, f, g, h): void;';

    expect(readTypescript(text, 'src/a.d.ts').hits).toEqual([]);
  });

  it('leaves decorated functions to their framework', () => {
    const command = 'def main(a, b, c, d, e, f, g, h): ...';

    expect(pythonLines('many-parameters', '@click.command()', command)).toEqual([]);
    expect(
      pythonLines('many-parameters', 'class A:', '    @staticmethod', `    ${command}`),
    ).toHaveLength(1);
  });

  it('leaves out what has a default', () => {
    const options = 'd=1, e=2, f=3, g=4, h=5, i=6';

    expect(pythonLines('many-parameters', `def f(a, b, c, ${options}): ...`)).toEqual([]);
    expect(typescriptLines('many-parameters', `function f(a, b, c, ${options}) {}`)).toEqual([]);
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
