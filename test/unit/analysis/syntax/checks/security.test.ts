import { describe, expect, it } from 'vitest';
import { pythonLines, readTypescript, typescriptLines } from '../reading.ts';

function severitiesIn(...lines: string[]): (string | undefined)[] {
  return readTypescript(lines.join('\n')).hits.map(({ severity }) => severity);
}

describe('sql-injection', () => {
  it('hits values that become part of the text', () => {
    expect(
      typescriptLines(
        'sql-injection',
        'function f(id) {',
        '  db.query(`SELECT * FROM users WHERE id = ${id}`);',
        '  db.execute("DELETE FROM users WHERE id = " + id);',
        '  const sql = `UPDATE users SET a = ${id}`;',
        '  pool.query(sql);',
        '}',
      ),
    ).toEqual([2, 3, 4]);
  });

  it('accepts parameters, tags, constants, numbers, structure, and text that is no SQL', () => {
    expect(
      typescriptLines(
        'sql-injection',
        'const LIMIT = 5;',
        'function f(id) {',
        '  db.query("SELECT * FROM users WHERE id = $1", [id]);',
        '  db.query(sql`SELECT * FROM users WHERE id = ${id}`);',
        '  db.query(`SELECT * FROM users LIMIT ${LIMIT}`);',
        '  db.query(`SELECT * FROM users WHERE id = ${Number(id)}`);',
        '  db.query(`SELECT * FROM ${tableName} WHERE id IN (${placeholders})`);',
        '  db.query(`SELECT a FROM b WHERE ${conditions.join(" AND ")}`, values);',
        '  db.query`SELECT * FROM users WHERE id = ${id}`;',
        '  search.query(`name: ${id}`);',
        '}',
      ),
    ).toEqual([]);
  });

  it('does not take a parameter for the constant of that name', () => {
    expect(
      typescriptLines(
        'sql-injection',
        'const id = 5;',
        'const f = (id) => db.query(`SELECT * FROM users WHERE id = ${id}`);',
        'const g = () => db.query(`SELECT * FROM users WHERE id = ${id}`);',
      ),
    ).toEqual([2]);
  });

  it('leaves Python to Ruff', () => {
    expect(pythonLines('sql-injection', 'db.execute(f"select a from b where c = {d}")')).toEqual(
      [],
    );
  });
});

describe('command-injection', () => {
  it('hits texts that a shell gets', () => {
    expect(
      typescriptLines(
        'command-injection',
        "import { exec, spawn } from 'node:child_process';",
        "import * as cp from 'child_process';",
        'const run = promisify(exec), execAsync = promisify(exec);',
        'function f(name) {',
        '  exec(`rm -rf ${name}`);',
        '  cp.execSync("git checkout " + name);',
        '  spawn("ls", ["-l", name], { shell: true });',
        '  execAsync(`tar xf ${name}`);',
        '}',
      ),
    ).toEqual([5, 6, 7, 8]);
  });

  it('accepts literals, lists of arguments, and an exec of something else', () => {
    expect(
      typescriptLines(
        'command-injection',
        "import { exec, execFile, spawn } from 'node:child_process';",
        'const BIN = "git";',
        'function f(name) {',
        '  exec("git status");',
        '  exec(`${BIN} status`);',
        '  execFile("git", ["checkout", name]);',
        '  spawn("ls", [name], { shell: false });',
        '  pattern.exec(`a ${name}`);',
        '}',
      ),
    ).toEqual([]);
  });
});

describe('weak-hash', () => {
  it('is as bad as what the hash is for', () => {
    expect(
      severitiesIn(
        "import { createHash } from 'crypto';",
        "const passwordHash = createHash('md5').update(p);",
        "const x = createHash('md5').update(p);",
        "const etag = createHash('sha1').update(p);",
        "const y = createHash('sha256').update(p);",
      ),
    ).toEqual(['high', 'medium', 'low']);
  });
});

describe('insecure-random', () => {
  it('hits what others must not guess', () => {
    expect(
      typescriptLines(
        'insecure-random',
        'const token = Math.random().toString(36);',
        'function newSessionId() { return `s${Math.random()}`; }',
        'const options = { resetCode: Math.random() };',
      ),
    ).toEqual([1, 2, 3]);
  });

  it('accepts dice, delays and samples', () => {
    expect(
      typescriptLines(
        'insecure-random',
        'const delay = base * Math.random();',
        'function shuffle(list) { return list[Math.floor(Math.random() * 3)]; }',
        'if (Math.random() < 0.1) sample();',
      ),
    ).toEqual([]);
  });
});

describe('html-injection', () => {
  it('hits what becomes HTML unescaped', () => {
    expect(
      typescriptLines(
        'html-injection',
        'el.innerHTML = `<b>${name}</b>`;',
        'document.write(location.hash);',
        "el.insertAdjacentHTML('beforeend', item.html);",
        'const props = { dangerouslySetInnerHTML: { __html: body } };',
      ),
    ).toEqual([1, 2, 3, 4]);
  });

  it('accepts literals, escaped text, and text that stays text', () => {
    expect(
      typescriptLines(
        'html-injection',
        "el.innerHTML = '';",
        'el.innerHTML = DOMPurify.sanitize(body);',
        'el.innerHTML = `<b>${escapeHtml(name)}</b>`;',
        'el.textContent = name;',
        'const saved = el.innerHTML;',
      ),
    ).toEqual([]);
  });
});

describe('disabled-tls-check', () => {
  it('hits each way to switch it off', () => {
    expect(
      typescriptLines(
        'disabled-tls-check',
        'new Agent({ rejectUnauthorized: false });',
        "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';",
        "process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0;",
        'new Agent({ checkServerIdentity: () => undefined });',
        'new Agent({ rejectUnauthorized: true });',
        'new Agent({ rejectUnauthorized: options.strict });',
      ),
    ).toEqual([1, 2, 3, 4]);
  });
});

describe('code from data', () => {
  it('hits deserialisers that run code, and text run in a context', () => {
    const { hits } = readTypescript(
      [
        "import { unserialize } from 'node-serialize';",
        "import vm from 'node:vm';",
        'unserialize(body);',
        'vm.runInNewContext(body);',
        "vm.runInNewContext('1 + 1');",
        'JSON.parse(body);',
      ].join('\n'),
    );

    expect(hits.map(({ rule, line }) => [rule, line])).toEqual([
      ['unsafe-deserialisation', 3],
      ['eval-use', 4],
    ]);
  });
});

describe('path-traversal', () => {
  it('hits paths that a request chooses', () => {
    expect(
      typescriptLines(
        'path-traversal',
        "import { readFileSync, createReadStream } from 'node:fs';",
        "import { join } from 'node:path';",
        'function f(req, request, res) {',
        '  readFileSync(`templates/${request.query.name}`);',
        "  createReadStream(join('uploads', req.params.file));",
        '  res.sendFile(req.query.path);',
        '}',
      ),
    ).toEqual([4, 5, 6]);
  });

  it('accepts constants, base names and what no request chose', () => {
    expect(
      typescriptLines(
        'path-traversal',
        "import { readFileSync } from 'node:fs';",
        "import { basename, join } from 'node:path';",
        'function f(req, name) {',
        "  readFileSync('templates/a.html');",
        '  readFileSync(`templates/${name}`);',
        "  readFileSync(join('uploads', basename(req.params.file)));",
        '  cache.read(req.params.file);',
        '}',
      ),
    ).toEqual([]);
  });
});
