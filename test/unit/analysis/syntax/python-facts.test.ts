import { describe, expect, it } from 'vitest';
import { pythonFacts, readPython } from './reading.ts';

describe('imports of Python', () => {
  it('names modules, members, aliases and relative modules', () => {
    const { imports } = pythonFacts(
      'import a.b, c as d\nfrom ..models import User as U, Post\nfrom x import *\n',
    );

    expect(imports.map(({ specifier, names }) => [specifier, names])).toEqual([
      ['a.b', [{ name: '*', local: 'a' }]],
      ['c', [{ name: '*', local: 'd' }]],
      [
        '..models',
        [
          { name: 'User', local: 'U' },
          { name: 'Post', local: 'Post' },
        ],
      ],
      ['x', [{ name: '*', local: '*' }]],
    ]);
  });

  it('tells what loading the module does not need', () => {
    const { imports } = pythonFacts(
      [
        'from typing import TYPE_CHECKING',
        'if TYPE_CHECKING:',
        '    from .types import T',
        'else:',
        '    import late',
        'try:',
        '    import fast',
        'except ImportError:',
        '    fast = None',
        'def f():',
        '    import json',
        '    return importlib.import_module("plugins.x")',
      ].join('\n'),
    );

    expect(imports.map(({ specifier, kind, deferred }) => [specifier, kind, deferred])).toEqual([
      ['typing', 'static', false],
      ['.types', 'type-only', false],
      ['late', 'static', true],
      ['fast', 'static', true],
      ['json', 'static', true],
      ['plugins.x', 'dynamic', true],
    ]);
  });
});

describe('exports of Python', () => {
  it('are the public names of the top level', () => {
    const { exports } = pythonFacts('LIMIT = 1\n_x = 2\ndef load(): ...\nclass _Hidden: ...\n');

    expect(exports.map(({ name }) => name).toSorted()).toEqual(['LIMIT', 'load']);
  });

  it('are what __all__ says, where a module has one', () => {
    const { exports, definitions } = pythonFacts(
      [
        'from .models import User',
        '__all__ = ["load", "User"]',
        '__all__ += ["_odd"]',
        'def load(): ...',
        'def other(): ...',
        'def _odd(): ...',
      ].join('\n'),
    );

    expect(exports).toEqual([
      { name: 'load', local: 'load', from: null, line: 2 },
      { name: 'User', local: null, from: '.models', line: 2 },
      { name: '_odd', local: '_odd', from: null, line: 3 },
    ]);
    expect(definitions.filter((fact) => fact.exported).map(({ name }) => name)).toEqual([
      'load',
      '_odd',
    ]);
  });

  it('include what a package hands on', () => {
    const text = 'from .models import User\nimport os\n';

    const { exports } = readPython(text, 'app/__init__.py').facts;

    expect(exports).toEqual([{ name: 'User', local: null, from: '.models', line: 1 }]);
    expect(readPython(text).facts.exports).toEqual([]);
  });
});

describe('definitions of Python', () => {
  it('describe functions, methods, classes and top-level variables', () => {
    const { definitions } = pythonFacts(
      [
        '@app.route("/x")',
        'async def load(path: str, *args, limit=1, **kw):',
        '    """Loads."""',
        '    def inner(): return path',
        '    return inner',
        'class Box(Base, metaclass=M):',
        '    @property',
        '    def size(self): return 1',
        'LIMIT: int = 3',
      ].join('\n'),
    );

    expect(definitions.map((fact) => [fact.qualifiedName, fact.kind, fact.topLevel])).toEqual([
      ['load', 'function', true],
      ['load.inner', 'function', false],
      ['Box', 'class', true],
      ['Box.size', 'method', false],
      ['LIMIT', 'variable', true],
    ]);
    expect(definitions[0]).toMatchObject({
      decorators: ['app.route'],
      parameters: ['path', 'args', 'limit', 'kw'],
      documented: true,
      line: 2,
      endLine: 5,
    });
    expect(definitions[2]).toMatchObject({ bases: ['Base'], documented: false });
    expect(definitions[3]).toMatchObject({ decorators: ['property'], parameters: [] });
  });

  it('measure the paths and the depth of each function alone', () => {
    const { definitions } = pythonFacts(
      [
        'def f(a, b):',
        '    if a and b:',
        '        for x in a:',
        '            while x: x = [y for y in x if y]',
        '    elif b: pass',
        '    def g(): return 1 if a else 2',
      ].join('\n'),
    );

    expect(definitions.map(({ complexity, nesting }) => [complexity, nesting])).toEqual([
      [8, 3],
      [2, 0],
    ]);
  });

  it('tell stubs from bodies', () => {
    const { definitions } = pythonFacts(
      [
        'def a(): ...',
        'def b():',
        '    """Doc."""',
        '    raise NotImplementedError("b")',
        '@abstractmethod',
        'def c(): return 1',
        'def d(): return None',
      ].join('\n'),
    );

    expect(definitions.map(({ stub }) => stub)).toEqual([true, true, true, false]);
  });
});

describe('identifiers and words of Python', () => {
  it('count reads, not definitions, bindings and imports', () => {
    const { identifiers } = pythonFacts(
      [
        'from m import load as l, other',
        'total = 0',
        'def f(a, b=total):',
        '    for i in a: total = i',
        '    with open(a) as fh: fh.read()',
        '    return l(b, key=total)',
      ].join('\n'),
    );

    expect(identifiers).toEqual({
      total: 2,
      a: 2,
      i: 1,
      open: 1,
      fh: 1,
      read: 1,
      l: 1,
      b: 1,
      key: 1,
    });
  });

  it('take names from strings, and leave prose and documentation alone', () => {
    const { stringWords } = pythonFacts(
      [
        '"""load everything"""',
        'getattr(x, "load_all")',
        'path = "app.main:create"',
        'print("could not save it")',
        'def f(x: "dict[str, User]"): ...',
      ].join('\n'),
    );

    expect(stringWords.toSorted()).toEqual([
      'User',
      'app',
      'create',
      'dict',
      'load_all',
      'main',
      'str',
    ]);
  });
});

describe('calls of Python', () => {
  it('resolve aliases to their module', () => {
    const { calls } = pythonFacts(
      'import requests as r\nfrom os import path as p\nr.get("https://x/y", timeout=3)\np.join(a)\n",".join(b)\n',
    );

    expect(calls.map(({ callee }) => callee)).toEqual(['requests.get', 'os.path.join', 'str.join']);
    expect(calls[0]).toMatchObject({
      literal: 'https://x/y',
      options: ['timeout'],
      enclosing: null,
    });
  });

  it('follow an object to the call that made it', () => {
    const { calls } = pythonFacts(
      [
        'import psycopg2, requests',
        'def q():',
        '    cur = psycopg2.connect(KEY).cursor()',
        '    cur.execute(f"select {n}")',
        'class A:',
        '    def __init__(self): self.s = requests.Session()',
        '    def go(self): self.s.post("https://h/" + x)',
        'def other(cur): cur.execute("x")',
      ].join('\n'),
    );
    const origins = calls.map((call) => [call.callee, call.receiverOrigin, call.literal]);

    expect(origins).toContainEqual(['cur.execute', 'psycopg2.connect.cursor', 'select …']);
    expect(origins).toContainEqual(['self.s.post', 'requests.Session', 'https://h/…']);
    expect(origins).toContainEqual(['cur.execute', null, 'x']);
  });

  it('say what becomes of an error', () => {
    const { calls } = pythonFacts(
      [
        'import contextlib',
        'def f():',
        '    try: handled()',
        '    except OSError as e: log(e)',
        '    try:',
        '        swallowed()',
        '        def g(): free()',
        '    except Exception: pass',
        '    else: after()',
        '    try: retry(lambda: retried())',
        '    except OSError as e: log(e)',
        '    try: later = lambda: kept()',
        '    except OSError as e: log(e)',
        '    with contextlib.suppress(OSError): suppressed()',
        '    try: closed()',
        '    finally: done()',
      ].join('\n'),
    );
    const guards = Object.fromEntries(calls.map(({ callee, guarded }) => [callee, guarded]));

    expect(guards).toMatchObject({
      handled: 'handled',
      swallowed: 'swallowed',
      free: 'no',
      after: 'no',
      retried: 'handled',
      kept: 'no',
      suppressed: 'swallowed',
      closed: 'no',
      done: 'no',
    });
  });
});

describe('environment of Python', () => {
  it('is read in four ways, and written in none of them', () => {
    const { environment } = pythonFacts(
      [
        'import os',
        'from os import environ as env',
        'os.environ["A"]',
        'env.get("B", "x")',
        'os.getenv("C") or "d"',
        'os.getenv(name)',
        'os.environ["W"] = "1"',
        'other["N"]',
      ].join('\n'),
    );

    expect(environment.map(({ name, hasDefault }) => [name, hasDefault])).toEqual([
      ['A', false],
      ['B', true],
      ['C', true],
      ['*', false],
    ]);
  });
});
