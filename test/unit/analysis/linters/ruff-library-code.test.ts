import { describe, expect, it } from 'vitest';
import { createRuff } from '../../../../lib/analysis/linters/ruff.ts';
import { sourceFile } from '../../../builders/source-file.ts';

const ruff = createRuff();

function rulesOf(...lines: string[]): string[] {
  return ruff
    .check(sourceFile('app/module.py', `${lines.join('\n')}\n`))
    .hits.map(({ rule }) => rule);
}

describe('an undefined name', () => {
  it.each([
    ['asked for by a try', ['try:', '    shell = foo', 'except NameError:', '    shell = None']],
    ['waived for the type checker', ['shell = foo()  # type: ignore[name-defined]']],
    ['given by the runtime', ['shell = get_ipython()']],
  ])('is none where it is %s', (_title, lines) => {
    expect(rulesOf(...lines)).toEqual([]);
  });

  it.each([
    ['another error is caught', ['try:', '    shell = foo', 'except ValueError:', '    shell = 1']],
    ['something else is waived', ['shell = foo()  # type: ignore[no-untyped-call]']],
  ])('stays one where %s', (_title, lines) => {
    expect(rulesOf(...lines)).toEqual(['undefined-name']);
  });
});

describe('a dropped error', () => {
  const attempt = ['def f(g):', '    try:', '        g()'];

  it.each([
    [
      'in the handler',
      ['    except Exception:', '        # the caller asks again', '        pass'],
    ],
    ['behind it', ['    except Exception:  # the caller asks again', '        pass']],
    ['right before it', ['    # the caller asks again', '    except Exception:', '        pass']],
  ])('is none where a comment says why, %s', (_place, handler) => {
    expect(rulesOf(...attempt, ...handler)).toEqual([]);
  });

  it('stays one without a comment', () => {
    expect(rulesOf(...attempt, '    except Exception:', '        pass', '    # done')).toEqual([
      'swallowed-error',
    ]);
  });

  it('is not told of a handler that hands the error on', () => {
    expect(rulesOf(...attempt, '    except Exception as e:', '        g(e)')).toEqual([]);
    expect(rulesOf(...attempt, '    except Exception:', '        g(1)')).toEqual(['broad-except']);
  });
});

describe('a file opened without with', () => {
  const opening = ['def f(p):', '    file = open(p)'];

  it.each([
    [
      'closed in a finally',
      ['    try:', '        return file.read()', '    finally:', '        file.close()'],
    ],
    ['returned', ['    file.seek(3)', '    return file']],
    [
      'closed by a flag',
      ['    close_it = True', '    return g(file, close_it)', 'def g(a, b): ...'],
    ],
  ])('is none where it is %s', (_title, lines) => {
    expect(rulesOf(...opening, ...lines)).toEqual([]);
  });

  it('stays one where only what was read is returned', () => {
    expect(rulesOf(...opening, '    return file.read()')).toEqual(['unclosed-file']);
    expect(rulesOf(...opening, '    return str(file)')).toEqual(['unclosed-file']);
  });
});

describe('a function that captures a loop variable', () => {
  const loop = ['def f(rows, out):', '    for row in rows:'];
  const inner = ['        def g():', '            return row + row'];

  it.each([
    ['called', [...inner, '        out.write(g())']],
    ['consumed', ['        out.sort(key=lambda x: x + row)']],
  ])('is none where it is %s in the same turn', (_title, lines) => {
    expect(rulesOf(...loop, ...lines)).toEqual([]);
  });

  it.each([
    ['appended', [...inner, '        out.append(g)']],
    ['registered', ['        out.connect(lambda: row)']],
  ])('stays one, once, where it is %s', (_title, lines) => {
    expect(rulesOf(...loop, ...lines)).toEqual(['loop-variable-capture']);
  });
});

describe('an unused parameter', () => {
  it.each([
    [
      'asked for by a protocol',
      ['class A:', '    def __call__(self, mode):', '        return g()'],
    ],
    [
      'told of by the documentation',
      [
        'class A:',
        '    def m(self, mode):',
        '        """Do.',
        '',
        '        :param mode: how',
        '        """',
        '        return g()',
      ],
    ],
    [
      'taken in vain by a refusal',
      [
        'class A:',
        '    def m(self, mode) -> NoReturn:',
        '        _refuse(self)',
        'from typing import NoReturn',
        'def _refuse(a): ...',
      ],
    ],
    [
      'needed by others in a table',
      [
        'class A:',
        '    def m(self, mode):',
        '        return g()',
        '    def t(self):',
        '        return {"m": self.m}',
      ],
    ],
    [
      'needed on another platform',
      [
        'import os',
        'if os.name == "nt":',
        '    def h(p):',
        '        return len(p)',
        'else:',
        '    def h(p):',
        '        return 1 + g()',
      ],
    ],
  ])('is none where it is %s', (_title, lines) => {
    expect(rulesOf(...lines, 'def g(): ...')).toEqual([]);
  });

  it('stays one where the documentation tells of others', () => {
    const lines = [
      'class A:',
      '    def m(self, mode):',
      '        """:param path: where"""',
      '        return g()',
    ];

    expect(rulesOf(...lines, 'def g(): ...')).toEqual(['unused-parameter']);
  });
});

it('takes a bare raise for right in a function that handlers call', () => {
  const helper = ['def again(x):', '    if x:', '        raise'];

  expect(
    rulesOf(...helper, 'try:', '    import a', 'except ImportError:', '    again(1)'),
  ).not.toContain('invalid-raise');
  expect(rulesOf(...helper, 'again(1)')).toEqual(['invalid-raise']);
});

it('takes text that is marked as safe lightly', () => {
  const { hits } = ruff.check(
    sourceFile('app/a.py', 'from markupsafe import Markup\ndef f(x):\n    return Markup(x)\n'),
  );

  expect(hits).toMatchObject([{ rule: 'html-injection', severity: 'low', confidence: 'low' }]);

  expect(
    rulesOf(
      'from markupsafe import Markup',
      'def f(x, e):',
      '    x = e.autoescape(x)',
      '    return Markup(x)',
    ),
  ).toEqual([]);
});

it('takes a single statement that may fail for a question', () => {
  const probe = [
    'def f(s):',
    '    try:',
    '        s.read(0)',
    '    except Exception:',
    '        return False',
  ];

  expect(rulesOf(...probe, '    return True')).toEqual([]);
  expect(rulesOf(...probe.toSpliced(2, 0, '        s.open()'), '    return True')).toEqual([
    'broad-except',
  ]);
});

function cached(cache: string): string[] {
  const method = ['class A:', `    ${cache}`, '    def m(self):', '        return 1'];
  return rulesOf('from functools import lru_cache', ...method);
}

it('takes a bounded cache of a method for deliberate', () => {
  expect(cached('@lru_cache(maxsize=16)')).toEqual([]);
  expect(cached('@lru_cache(maxsize=None)')).toEqual(['cached-method']);
});

it('leaves a file to the caller who may have opened it', () => {
  expect(
    rulesOf(
      'def f(p, file=None):',
      '    if file is None:',
      '        file = open(p)',
      '    return g(file)',
      'def g(a): ...',
    ),
  ).toEqual([]);
});

function hashing(name: string): string[] {
  return rulesOf('import hashlib', `def ${name}(x):`, '    return hashlib.sha1(x)');
}

it('takes SHA-1 for wrong only where something is secret', () => {
  expect(hashing('make_etag')).toEqual([]);
  expect(hashing('hash_password')).toEqual(['weak-hash']);
});
