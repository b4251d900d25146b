import { describe, expect, it } from 'vitest';
import { findDuplication } from '../../../../lib/analysis/linters/duplication.ts';
import { sourceFile } from '../../../builders/source-file.ts';

/** A function of `lines` lines, nine tokens in each but the first. */
function pythonFunction(name: string, lines = 16, indent = '    '): string {
  const body = Array.from(
    { length: lines - 1 },
    (_, i) => `${indent}v${i} = step${i}(v${i}, other) + rest`,
  );
  return `def ${name}(other, rest):\n${body.join('\n')}\n`;
}

function scriptFunction(name: string): string {
  const body = Array.from({ length: 13 }, (_, i) => `  if (a > limit${i}) { a = shrink${i}(a); }`);
  return `export function ${name}(a: number) {\n${body.join('\n')}\n}\n`;
}

const filler = (name: string) => `import os\n\n${name} = os.environ["${name}"]\n\n`;

describe('findDuplication', () => {
  it('reports a copy once, at its first place, and counts its lines in both', () => {
    const { hits, duplicatedLines } = findDuplication([
      sourceFile('a.py', `${filler('A')}${pythonFunction('load')}`),
      sourceFile('b.py', `${filler('B')}x = 1\n${pythonFunction('save')}`),
    ]);

    expect(hits).toEqual([
      {
        rule: 'duplicate-code',
        path: 'a.py',
        line: 5,
        message: 'These 16 lines also stand at b.py:6.',
        severity: 'low',
      },
    ]);
    expect(duplicatedLines).toEqual(
      new Map([
        ['a.py', 16],
        ['b.py', 16],
      ]),
    );
  });

  it('leaves out signatures and lists of names', () => {
    const parameters = Array.from({ length: 20 }, (_, i) => `    p${i}: Optional[T${i}] = None,`);
    const signature = (name: string) => `def ${name}(\n${parameters.join('\n')}\n):\n    pass\n`;

    const { hits } = findDuplication([
      sourceFile('a.py', `${filler('A')}${signature('load')}`),
      sourceFile('b.py', `${filler('B')}${signature('save')}`),
    ]);

    expect(hits).toEqual([]);
  });

  it('puts all copies of the same code into one finding', () => {
    const files = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) =>
      sourceFile(`${name}.py`, `${filler(name.toUpperCase())}${pythonFunction(name)}`),
    );

    const { hits } = findDuplication(files);

    expect(hits).toHaveLength(1);
    expect(hits[0]?.message).toMatch(
      /also stand at b\.py:5, c\.py:5, d\.py:5, e\.py:5 and 2 more\.$/,
    );
  });

  it('sees through layout and comments', () => {
    const spaced = pythonFunction('save', 16, '        ').replaceAll('\n', '  # note\n\n');

    const { hits } = findDuplication([
      sourceFile('a.py', pythonFunction('load')),
      sourceFile('b.py', spaced),
    ]);

    expect(hits).toHaveLength(1);
  });

  it('finds copies inside one file', () => {
    const text = `${pythonFunction('load')}\nx = 1\n\n${pythonFunction('save')}`;

    const { hits } = findDuplication([sourceFile('a.py', text)]);

    expect(hits.map(({ message }) => message)).toEqual(['These 16 lines also stand at line 20.']);
  });

  it('weighs by size', () => {
    const { hits } = findDuplication([
      sourceFile('a.py', pythonFunction('load', 60)),
      sourceFile('b.py', pythonFunction('save', 60)),
    ]);

    expect(hits[0]?.severity).toBe('medium');
  });

  it('finds copies in TypeScript', () => {
    const { hits } = findDuplication([
      sourceFile('a.ts', scriptFunction('load')),
      sourceFile('b.ts', scriptFunction('save')),
    ]);

    expect(hits.map(({ message }) => message)).toEqual(['These 15 lines also stand at b.ts:1.']);
  });

  it.each([
    ['short repeats', pythonFunction('load', 10), pythonFunction('save', 10)],
    [
      'imports',
      Array.from(
        { length: 60 },
        (_, i) => `from package.module${i} import name${i}, other${i}\n`,
      ).join(''),
      Array.from(
        { length: 60 },
        (_, i) => `from package.module${i} import name${i}, other${i}\n`,
      ).join(''),
    ],
    [
      'tables of data',
      `A = [\n${'    ("x", 1, "y", 2),\n'.repeat(40)}]\n`,
      `B = [\n${'    ("x", 1, "y", 2),\n'.repeat(40)}]\n`,
    ],
    [
      'licence headers',
      `${'# Permission is hereby granted, free of charge, to any person\n'.repeat(40)}a = 1\n`,
      `${'# Permission is hereby granted, free of charge, to any person\n'.repeat(40)}b = 1\n`,
    ],
  ])('does not count %s', (_name, first, second) => {
    const { hits } = findDuplication([sourceFile('a.py', first), sourceFile('b.py', second)]);

    expect(hits).toEqual([]);
  });

  it('takes copies among tests lightly, and leaves those between tests and code alone', () => {
    const code = sourceFile('app/a.py', pythonFunction('load'));
    const test = sourceFile('tests/test_a.py', pythonFunction('test_a'));
    const otherTest = sourceFile('tests/test_b.py', pythonFunction('test_b'));

    expect(findDuplication([code, test]).hits).toEqual([]);
    expect(findDuplication([test, otherTest]).hits.map(({ severity }) => severity)).toEqual([
      'info',
    ]);
  });

  it('reports at the place in the component when the other place is outside', () => {
    const { hits, duplicatedLines } = findDuplication([
      sourceFile('lib/a.py', pythonFunction('load'), false),
      sourceFile('app/b.py', pythonFunction('save')),
    ]);

    expect(hits.map(({ path, message }) => [path, message])).toEqual([
      ['app/b.py', 'These 16 lines also stand at lib/a.py:1.'],
    ]);
    expect([...duplicatedLines.keys()]).toEqual(['app/b.py']);
  });

  it('stays linear on code that repeats itself without end', () => {
    const text = 'x = 1\n'.repeat(50_000);
    const started = process.cpuUsage();

    findDuplication([sourceFile('a.py', text), sourceFile('b.py', text)]);

    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10);
  });
});
