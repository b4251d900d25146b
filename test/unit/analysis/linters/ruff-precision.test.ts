import { describe, expect, it } from 'vitest';
import { createRuff } from '../../../../lib/analysis/linters/ruff.ts';
import { sourceFile } from '../../../builders/source-file.ts';

const ruff = createRuff();

function rulesOf(text: string, path = 'app/module.py'): string[] {
  return ruff.check(sourceFile(path, text)).hits.map(({ rule }) => rule);
}

describe('imports that are there for others', () => {
  it.each(['pkg/__init__.py', 'conftest.py'])('are no finding in %s', (path) => {
    expect(rulesOf('from .core import run\n', path)).toEqual([]);
  });

  it('are no finding where the import itself is the question', () => {
    const text = 'try:\n    import ujson\n    fast = True\nexcept ImportError:\n    fast = False\n';

    expect(rulesOf(text)).toEqual([]);
  });

  it('are no finding where the author says so to another linter', () => {
    expect(rulesOf('import os  # pylint: disable=unused-import\n')).toEqual([]);
    expect(rulesOf('import os  # noqa: F401\n')).toEqual([]);
  });
});

describe('unused parameters', () => {
  const body = 'def load(path, mode):\n    # load the path\n    return path\n';

  it('are reported where the author chose the signature', () => {
    expect(rulesOf(`${body}load(1, 2)\n`)).toEqual(['unused-parameter']);
    expect(rulesOf('class A:\n    def m(self, mode):\n        return 1\n')).toEqual([
      'unused-parameter',
    ]);
  });

  it('are reported of static methods too', () => {
    const text = 'class A:\n    @staticmethod\n    def m(mode):\n        return 1\n';

    expect(rulesOf(text)).toEqual(['unused-parameter']);
  });

  it.each([
    ['a function that is passed on', `def register(f): ...\n${body}register(load)\n`],
    ['a decorated function', `import app\n\n@app.task\n${body}`],
    [
      'a method of a subclass',
      'class Base: ...\nclass A(Base):\n    def m(self, mode):\n        return 1\n',
    ],
    [
      'a method left to subclasses',
      'class A:\n    def m(self, mode):\n        raise NotImplementedError()\n',
    ],
    ['a stand-in for a missing library', 'def load(mode):\n    raise ImportError("no")\n'],
    ['a Lambda handler', 'def handle(event, context):\n    return 1\n'],
    [
      'a documented hook with a constant answer',
      'class A:\n    def m(self, mode):\n        """Whether it may."""\n        return False\n',
    ],
    ['a name with an underscore', 'def load(_mode):\n    return 1\n'],
    ['a stub', 'class A:\n    def m(self, mode): ...\n'],
  ])('are no finding of %s', (_name, text) => {
    expect(rulesOf(text)).toEqual([]);
  });
});

it('takes unused names in tests lightly', () => {
  const { hits } = ruff.check(sourceFile('tests/test_a.py', 'import os\n'));

  expect(hits.map(({ severity }) => severity)).toEqual(['info']);
});

describe('what only looks wrong', () => {
  it.each([
    ['app/_compat.py', 'from urllib.parse import urljoin\n'],
    ['app/a.py', 'import pickle\ndef f(x):\n    return pickle.loads(pickle.dumps(x))\n'],
    ['app/a.py', 'def on_error(exc):\n    if exc.fatal:\n        raise\n'],
    ['app/a.py', 'def f(body):\n    kind, body = body["kind"], body\n    return kind, body\n'],
  ])('is no finding in %s: %s', (path, text) => {
    expect(rulesOf(text, path)).toEqual([]);
  });

  it.each([
    ['unused-import', 'from urllib.parse import urljoin\n'],
    ['unsafe-deserialisation', 'import pickle\ndef f(x):\n    return pickle.loads(x)\n'],
    ['invalid-raise', 'def f(x):\n    if x:\n        raise\n'],
    ['useless-expression', 'def f(body):\n    body = body\n    return body\n'],
    [
      'unused-parameter',
      'class A:\n    def m(self, mode):\n        """Ask."""\n        g()\n        return False\ndef g(): ...\n',
    ],
  ])('is a finding where it is wrong: %s', (rule, text) => {
    expect(rulesOf(text)).toEqual([rule]);
  });
});

it('takes matters of taste lightly', () => {
  const text = 'def f(name, names):\n    for name in names:\n        print(name)\n';
  const { hits } = ruff.check(sourceFile('app/a.py', text));

  expect(hits).toMatchObject([{ rule: 'redefined-name', severity: 'info' }]);
});

describe('files that are opened', () => {
  it('may be kept or handed on', () => {
    expect(rulesOf('def f(p):\n    return open(p)\n')).toEqual([]);
    expect(rulesOf('class A:\n    def __init__(self, p):\n        self.file = open(p)\n')).toEqual(
      [],
    );
  });
});

describe('security rules', () => {
  it('are silent in tests, where dummies and shortcuts are the point', () => {
    const text = 'import hashlib, random\nprint(hashlib.md5(b"x"), eval("1"))\n';

    expect(rulesOf(text, 'app/module.py')).toContain('weak-hash');
    expect(rulesOf(text, 'tests/test_module.py')).toEqual(['unused-import']);
  });

  it('honour a waiver in the words of Bandit', () => {
    expect(rulesOf('import hashlib\nprint(hashlib.md5(b"x"))  # nosec B324\n')).toEqual([]);
  });
});

function execute(sql: string): string {
  return `TABLE = "t"\ndef f(db, name, log):\n    db.execute(${sql})\n    return name, log\n`;
}

describe('random numbers', () => {
  it.each([
    'def reset_code():\n    return "".join(random.choice("012") for _ in range(6))\n',
    'def send(user):\n    pin = random.randint(1000, 9999)\n    user.mail(pin)\n',
    'def send(user):\n    user.inviteCode = random.randint(1000, 9999)\n',
    'def send(user):\n    user.mail(verification_code=random.randint(1000, 9999))\n',
    'def send(user):\n    user.mail({"one_time_password": random.randint(1000, 9999)})\n',
    'def send(user):\n    otp = "".join(\n        random.choice("012") for _ in range(6)\n    )\n    user.mail(otp)\n',
    'def generate_tokens(n):\n    return [random.getrandbits(64) + random.randint(1, n)]\n',
  ])('are reported where a secret is made of them: %s', (text) => {
    expect(rulesOf(`import random\n${text}`)).toEqual(['insecure-random']);
  });

  it.each([
    'def retry_session(wait):\n    wait(0.5 + random.random() / 2)\n',
    'def pick(sessions):\n    chosen = random.choice(sessions)\n    return chosen\n',
    'def mask_tokens(tokens):\n    return [t for t in tokens if random.random() < 0.15]\n',
    'def ping_host(hosts):\n    return random.choice(hosts)\n',
    'def country_code():\n    return random.choice(["de", "fr"])\n',
    'def spin():\n    opinion = random.randint(1, 6)\n    return opinion\n',
    'def sample_sessions(sessions, n):\n    return random.choices(sessions, k=n)\n',
    'def deal(cards):\n    random.shuffle(cards)\n',
  ])('are no finding elsewhere: %s', (text) => {
    expect(rulesOf(`import random\n${text}`)).toEqual([]);
  });
});

/** A function that prepares a part of the statement first. */
function query(assignment: string, sql: string): string {
  return `def f(db, names, key):\n    ${assignment}\n    db.execute(${sql})\n    return names, key\nSORTABLE = {"a": "b"}\n`;
}

describe('SQL put together from strings', () => {
  it.each([
    `f"SELECT * FROM t WHERE name = '{name}'"`,
    `"SELECT * FROM t WHERE name = '%s'" % name`,
    `"SELECT * FROM t WHERE name = '" + name + "'"`,
    `"SELECT * FROM t WHERE name = '{}'".format(name)`,
    `f"SELECT * FROM {TABLE} WHERE name = '{name}'"`,
  ])('is reported where a value goes in: %s', (sql) => {
    expect(rulesOf(execute(sql))).toEqual(['sql-injection']);
  });

  it.each([
    'f"SELECT * FROM {TABLE} WHERE name = ?", (name,)',
    '"SELECT * FROM %s WHERE name = ?" % TABLE, (name,)',
    '"SELECT * FROM {} WHERE name = ?".format(TABLE), (name,)',
    '"SELECT * FROM t WHERE name = ?", (name,)',
  ])('is no finding where only constants go in: %s', (sql) => {
    expect(rulesOf(execute(sql))).toEqual([]);
  });

  it.each([
    ['marks = ", ".join(["%s"] * len(names))', 'f"SELECT * FROM t WHERE name IN ({marks})"'],
    ['marks = ", ".join("?" for _ in names)', 'f"SELECT * FROM t WHERE name IN ({marks})"'],
    ['marks = ", ".join(\n        f":p{i}"\n        for i in range(3)\n    )', 'f"SELECT {marks}"'],
    ['pass', `f"SELECT * FROM t WHERE name IN ({', '.join('?' * len(names))})"`],
    ['column = SORTABLE[key]', '"SELECT * FROM t ORDER BY " + column'],
    ['column = SORTABLE.get(key, "name")', '"SELECT * FROM t ORDER BY " + column'],
    ['limit = int(key)', '"SELECT * FROM t LIMIT %s" % limit'],
    ['order = "DESC" if key else "ASC"', 'f"SELECT * FROM t ORDER BY name {order}"'],
    [
      'tests = ["a = ?"]\n    tests.append("b = ?")',
      `"SELECT * FROM t WHERE " + " AND ".join(tests)`,
    ],
  ])('is no finding where a local name holds no data: %s', (assignment, sql) => {
    expect(rulesOf(query(assignment, sql))).toEqual([]);
  });

  it.each([
    ['marks = ", ".join(names)', 'f"SELECT * FROM t WHERE name IN ({marks})"'],
    [`marks = ", ".join(f"'{n}'" for n in names)`, 'f"SELECT * FROM t WHERE name IN ({marks})"'],
    ['column = SORTABLE.get(key, key)', '"SELECT * FROM t ORDER BY " + column'],
    ['column = names[key]', '"SELECT * FROM t ORDER BY " + column'],
    ['column = "a"\n    column += key', '"SELECT * FROM t ORDER BY " + column'],
    ['key = "a"', '"SELECT * FROM t ORDER BY " + key'],
    ['tests = ["a = ?"]\n    tests.append(key)', `"SELECT * FROM t WHERE " + " AND ".join(tests)`],
    ['for column in names:\n        pass', '"SELECT * FROM t ORDER BY " + column'],
    ['(name, column) = names', '"SELECT * FROM t ORDER BY " + name + column'],
    ['column, _ = names', '"SELECT * FROM t ORDER BY " + column'],
  ])('is reported where a local name may hold data: %s', (assignment, sql) => {
    expect(rulesOf(query(assignment, sql))).toEqual(['sql-injection']);
  });

  it('is no finding in a text for people', () => {
    expect(rulesOf('def f(log, n):\n    log.error(f"delete from {n} failed")\n')).toEqual([]);
  });
});

describe('names', () => {
  it('that only running code shows are no undefined names', () => {
    expect(rulesOf('globals().update(a=1)\nprint(a)\n')).toEqual([]);
    expect(
      rulesOf('import sys\nPY2 = sys.version_info < (3,)\nif PY2:\n    text = unicode\n'),
    ).toEqual([]);
  });

  it('that stand alone to keep an import are no useless expression', () => {
    expect(rulesOf('import typing\ntyping  # keep\n')).toEqual([]);
  });

  it('of fixtures may come back as parameters in tests', () => {
    const text = 'from .fixtures import client\n\ndef test_get(client):\n    assert client\n';

    expect(rulesOf(text, 'tests/test_get.py')).toEqual([]);
  });
});
