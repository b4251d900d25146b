import { describe, expect, it } from 'vitest';
import { createRuff } from '../../../../lib/analysis/linters/ruff.ts';
import { sourceFile } from '../../../builders/source-file.ts';

const ruff = createRuff();

function rulesOf(text: string, path = 'app/module.py'): string[] {
  return ruff
    .check(sourceFile(path, text))
    .hits.map(({ rule, line }) => `${line} ${rule}`)
    .toSorted();
}

/** A function that calls another and handles its error. */
function handler(except: string, body: string): string {
  return `def f():\n    try:\n        g()\n    ${except}:\n        ${body}\ndef g(): ...\n`;
}

describe('ruff', () => {
  // Each row: the defect, and a look-alike that is in order.
  it.each([
    ['unused-import', 'import os\n', 'import os\nprint(os.sep)\n'],
    ['star-import', 'from glob import *\n', 'from glob import glob\nglob("*")\n'],
    [
      'unused-variable',
      'def f():\n    x = g()\ndef g(): ...\n',
      'def f():\n    _x = g()\ndef g(): ...\n',
    ],
    ['undefined-name', 'print(missing)\n', 'missing = 1\nprint(missing)\n'],
    [
      'redefined-name',
      'def f():\n    return 1\ndef f():\n    return 2\n',
      'if input():\n    def f(): return 1\nelse:\n    def f(): return 2\n',
    ],
    ['useless-expression', 'a = 1\na == 2\n', 'a = 1\nb = a == 2\nprint(b)\n'],
    ['left-over-debugger', 'breakpoint()\n', 'def breakpoint_at(x): ...\nbreakpoint_at(1)\n'],
    [
      'mutable-default',
      'def f(items=[]):\n    return items\n',
      'def f(items=()):\n    return items\n',
    ],
    [
      'evaluated-default',
      'import time\ndef f(now=time.time()):\n    return now\n',
      'import time\ndef f(clock=time.time):\n    return clock\n',
    ],
    [
      'contradictory-default',
      'def f(size: int = None):\n    return size\n',
      'def f(size: int | None = None):\n    return size\n',
    ],
    ['shared-mutable-value', 'print(dict.fromkeys("ab", []))\n', 'print(dict.fromkeys("ab", 0))\n'],
    [
      'return-in-finally',
      'def f():\n    try:\n        g()\n    finally:\n        return 1\ndef g(): ...\n',
      'def f():\n    try:\n        return 1\n    finally:\n        g()\ndef g(): ...\n',
    ],
    [
      'invalid-raise',
      'def f():\n    raise NotImplemented\n',
      'def f():\n    raise NotImplementedError\n',
    ],
    ['missing-raise', 'def f():\n    ValueError("x")\n', 'def f():\n    return ValueError("x")\n'],
    ['unclosed-file', 'f = open("a")\nprint(f)\n', 'with open("a") as f:\n    print(f)\n'],
    ['comparison-error', 'a = input()\nprint(a is "x")\n', 'a = input()\nprint(a is None)\n'],
    ['assertion-without-effect', 'a = 1\nassert (a > 2, "no")\n', 'a = 1\nassert a > 2, "no"\n'],
    ['duplicate-key', 'print({"a": 1, "a": 2})\n', 'print({"a": 1, "b": 1})\n'],
    ['format-mismatch', 'print("%s %s" % (1,))\n', 'print("%s %s" % (1, 2))\n'],
    [
      'loop-variable-capture',
      'fs = []\nfor i in range(3):\n    fs.append(lambda: i)\n',
      'fs = []\nfor i in range(3):\n    fs.append(lambda i=i: i)\n',
    ],
    ['likely-bug', 'print("abc".strip("https://"))\n', 'print("abc".removeprefix("https://"))\n'],
  ])('reports %s and not its look-alike', (rule, defect, lookAlike) => {
    expect(rulesOf(defect).map((hit) => hit.split(' ')[1])).toEqual([rule]);
    expect(rulesOf(lookAlike)).toEqual([]);
  });

  it.each([
    ['eval-use', 'print(eval(input()))\n', 'import ast\nprint(ast.literal_eval(input()))\n'],
    [
      'sql-injection',
      'def f(db, name):\n    db.execute(f"SELECT * FROM users WHERE name = \'{name}\'")\n',
      'def f(db, name):\n    db.execute("SELECT * FROM users WHERE name = ?", (name,))\n',
    ],
    [
      'command-injection',
      'import os\ndef f(name):\n    os.system("rm " + name)\n',
      'import os\ndef f():\n    os.system("sync")\n',
    ],
    [
      'unsafe-deserialisation',
      'import yaml\ndef f(text):\n    return yaml.load(text)\n',
      'import yaml\ndef f(text):\n    return yaml.safe_load(text)\n',
    ],
    [
      'weak-hash',
      'import hashlib\nprint(hashlib.md5(b"x"))\n',
      'import hashlib\nprint(hashlib.md5(b"x", usedforsecurity=False))\n',
    ],
    [
      'insecure-random',
      'import random\ndef new_token():\n    return random.choice("abc")\n',
      'import random\ndef roll_dice():\n    return random.choice("abc")\n',
    ],
    [
      'disabled-tls-check',
      'import requests\nprint(requests.get("u", timeout=1, verify=False))\n',
      'import requests\nprint(requests.get("u", timeout=1, verify="ca.pem"))\n',
    ],
    [
      'insecure-temp-file',
      'import tempfile\nprint(tempfile.mktemp())\n',
      'import tempfile\nprint(tempfile.mkstemp())\n',
    ],
    [
      'permissive-file-mode',
      'import os\nos.chmod("a", 0o777)\n',
      'import os\nos.chmod("a", 0o755)\n',
    ],
    [
      'request-without-timeout',
      'import requests\nprint(requests.get("u"))\n',
      'import requests\nprint(requests.get("u", timeout=3))\n',
    ],
    [
      'unchecked-subprocess',
      'import subprocess\nsubprocess.run(["a"])\n',
      'import subprocess\ndone = subprocess.run(["a"])\nprint(done.returncode)\n',
    ],
    [
      'sync-call-in-async',
      'import time\nasync def f():\n    time.sleep(1)\n',
      'import asyncio\nasync def f():\n    await asyncio.sleep(1)\n',
    ],
    [
      'inefficient-loop',
      'def f(d):\n    for k, v in d.items():\n        print(k)\n',
      'def f(d):\n    for k, v in d.items():\n        print(k, v)\n',
    ],
    [
      'cached-method',
      'from functools import cache\nclass A:\n    @cache\n    def m(self):\n        return 1\n',
      'from functools import cache\n@cache\ndef f():\n    return 1\n',
    ],
  ])('reports %s and not its look-alike', (rule, defect, lookAlike) => {
    expect(rulesOf(defect).map((hit) => hit.split(' ')[1])).toEqual([rule]);
    expect(rulesOf(lookAlike)).toEqual([]);
  });

  it('tells errors that are dropped, caught bare and caught too broadly apart, each once', () => {
    expect(rulesOf(handler('except', 'pass'))).toEqual(['4 swallowed-error']);
    expect(rulesOf(handler('except', 'g()'))).toEqual(['4 bare-except']);
    expect(rulesOf(handler('except Exception', 'pass'))).toEqual(['4 swallowed-error']);
    expect(rulesOf(handler('except Exception', 'g()'))).toEqual(['4 broad-except']);
    expect(rulesOf(handler('except Exception', 'g(); raise'))).toEqual([]);
    expect(rulesOf(handler('except ValueError', 'g()'))).toEqual([]);
  });

  it('names what was hit, in a sentence, with the rule of Ruff behind it', () => {
    const { hits } = ruff.check(sourceFile('a.py', 'def f(a, items=[]):\n    return a, items\n'));

    expect(hits).toEqual([
      {
        rule: 'mutable-default',
        path: 'a.py',
        line: 1,
        message: 'The default of `items` is mutable, and all calls share it.',
        symbol: 'items',
        tool: 'ruff B006',
      },
    ]);
  });

  it('tells where a file does not parse, and nothing else about it', () => {
    const { hits, syntaxError } = ruff.check(
      sourceFile('a.py', 'import os\nprint "Python 2"\nprint "again"\n'),
    );

    expect(hits).toEqual([]);
    expect(syntaxError).toEqual({
      line: 2,
      message:
        'Python 3 cannot read this line: ' +
        'simple statements must be separated by newlines or semicolons.',
    });
  });

  it('takes what only some versions of Python accept for correct', () => {
    const text = 'try:\n    f()\nexcept A, B:\n    pass\nmatch f():\n    case 1:\n        g()\n';

    expect(ruff.check(sourceFile('a.py', text)).syntaxError).toBeNull();
  });

  it('goes on after a file that Ruff fails on, and says so', () => {
    const deep = `x = ${'[\n'.repeat(10_000)}${']\n'.repeat(10_000)}`;

    const failed = ruff.check(sourceFile('deep.py', deep));

    expect(failed.hits).toEqual([]);
    expect(failed.note).toMatch(/^Ruff failed on deep\.py: /);
    expect(rulesOf('import os\n')).toEqual(['1 unused-import']);
  });

  it('leaves out a file whose lines no person wrote', () => {
    const { hits, note } = ruff.check(
      sourceFile('a.py', `import os\nx = "${'a'.repeat(30_000)}"\n`),
    );

    expect(hits).toEqual([]);
    expect(note).toContain('a.py');
  });
});
