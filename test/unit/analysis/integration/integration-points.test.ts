import { describe, expect, it } from 'vitest';
import type { CallFact, FileFacts } from '../../../../lib/analysis/facts.ts';
import { findIntegrationPoints } from '../../../../lib/analysis/integration/find-integration-points.ts';
import { buildCall, buildDefinition, buildFacts, buildImport } from '../../../builders/facts.ts';

/** Points, libraries left out, and hits of one file that imports `modules`. */
function look(path: string, modules: string[], calls: CallFact[]) {
  const imports = modules.map((module) => buildImport(module));
  return lookAt([buildFacts(path, { imports, calls })]);
}

function lookAt(facts: FileFacts[]) {
  const { points, hits } = findIntegrationPoints({ facts, manifests: [] });
  return {
    points: points.filter(({ kind }) => kind !== 'library'),
    hits,
    hitsOf: (rule: string) => hits.filter((hit) => hit.rule === rule),
  };
}

/** The detail of a call in Python with this first argument. */
function detailOf(callee: string, literal: string) {
  const modules = ['requests', 'psycopg2', 'subprocess', 'sqlalchemy', 'pathlib'];
  return look('a.py', modules, [buildCall(callee, { literal })]).points[0]?.detail;
}

/** A request in the function `load`. */
function get(overrides: Partial<CallFact> = {}): CallFact {
  return buildCall('requests.get', { line: 4, enclosing: 'load', ...overrides });
}

function unhandled(calls: CallFact[]) {
  return look('a.py', ['requests'], calls).hitsOf('unhandled-integration-error');
}

function unhandledInScript(calls: CallFact[], module = 'node:http') {
  return look('a.ts', [module], calls).hitsOf('unhandled-integration-error').length;
}

function withoutLimit(path: string, module: string, call: CallFact) {
  return look(path, [module], [call]).hits.filter(({ rule }) => rule.endsWith('-without-timeout'));
}

describe('calls that leave the process', () => {
  it.each([
    ['a.py', 'requests', 'requests.get', 'http-api', 'requests.get'],
    ['a.py', 'urllib.request', 'urllib.request.urlopen', 'http-api', 'urllib.request.urlopen'],
    ['a.py', 'sqlite3', 'sqlite3.connect', 'database', 'sqlite3.connect'],
    ['a.py', 'os', 'os.listdir', 'file-system', 'os.listdir'],
    ['a.py', 'os', 'open', 'file-system', 'open'],
    ['a.py', 'pathlib', 'pathlib.Path().read_text', 'file-system', 'pathlib.Path.read_text'],
    ['a.py', 'smtplib', 'smtplib.SMTP', 'network', 'smtplib.SMTP'],
    ['a.py', 'subprocess', 'subprocess.run', 'subprocess', 'subprocess.run'],
    ['a.py', 'configparser', 'configparser.ConfigParser().read', 'configuration', null],
    ['a.ts', 'x', 'fetch', 'http-api', 'fetch'],
    ['a.ts', 'axios', 'axios.post', 'http-api', 'axios.post'],
    [
      'a.ts',
      'node:fs/promises',
      'node:fs/promises.readFile',
      'file-system',
      'fs/promises.readFile',
    ],
    ['a.ts', 'node:child_process', 'node:child_process.exec', 'subprocess', 'child_process.exec'],
    ['a.ts', 'node:net', 'node:net.connect', 'network', 'net.connect'],
    ['a.ts', 'better-sqlite3', 'better-sqlite3', 'database', 'better-sqlite3'],
  ])('%s with %s: %s is a point of kind %s', (...row) => {
    const [path, module, callee, kind, name] = row;
    expect(look(path, [module], [buildCall(callee)]).points).toMatchObject([
      { kind, ...(name !== null && { name }) },
    ]);
  });

  it('follows an object to the library that made it', () => {
    const calls = [
      buildCall('session.post', { receiverOrigin: 'requests.Session' }),
      buildCall('cur.execute', { receiverOrigin: 'psycopg2.connect.cursor' }),
      buildCall('s3.put_object', { receiverOrigin: 'boto3.client' }),
      buildCall('client.send', { receiverOrigin: '@aws-sdk/client-s3.S3Client' }),
    ];
    const names = (path: string, modules: string[]) =>
      look(path, modules, calls).points.map(({ kind, name }) => `${kind} ${name}`);
    expect(names('a.py', ['requests', 'psycopg2', 'boto3'])).toEqual([
      'http-api requests.post',
      'database psycopg2.execute',
      'http-api boto3.client.put_object',
    ]);
    expect(names('a.ts', ['@aws-sdk/client-s3'])).toEqual(['http-api @aws-sdk/client-s3.send']);
  });

  it('recognises an unknown receiver by an address or a statement', () => {
    const calls = [
      buildCall('self.http.get', { literal: 'https://api.example.com/v1' }),
      buildCall('cursor.execute', { literal: 'SELECT id FROM users WHERE name = ?' }),
      buildCall('cache.get', { literal: 'users' }),
    ];
    expect(look('a.py', [], calls).points.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['http-api', 'https://api.example.com/v1'],
      ['database', 'SELECT users'],
    ]);
  });

  it.each([
    ['a.py', 'os', 'os.path.join'],
    ['a.py', 'requests', 'requests.exceptions.Timeout'],
    ['a.py', 'json', 'requests.get'],
    ['a.py', 'http', 'http.get'],
    ['a.ts', './fetch.ts', 'http.get'],
    ['a.ts', 'node:path', 'node:path.join'],
  ])('sees none in %s with %s: %s', (path, module, callee) => {
    expect(look(path, [module], [buildCall(callee)]).points).toEqual([]);
  });

  it('joins the same call in one file and tells the worst case', () => {
    const calls = [
      buildCall('requests.get', { line: 3, guarded: 'handled', options: ['timeout'] }),
      buildCall('requests.get', { line: 9 }),
    ];
    expect(look('a.py', ['requests'], calls).points).toMatchObject([
      { line: 3, alsoAt: ['a.py:9'], errorHandling: 'none', timeout: false },
    ]);
  });

  it('looks into the component only', () => {
    const file = buildFacts('a.py', { calls: [buildCall('open')], inComponent: false });
    expect(lookAt([file]).points).toEqual([]);
  });

  it('makes an info finding of every point', () => {
    const { points, hitsOf } = look('a.py', [], [buildCall('open', { line: 5 })]);
    expect(points).toHaveLength(1);
    expect(hitsOf('file-access')).toMatchObject([{ path: 'a.py', line: 5, symbol: 'open' }]);
  });
});

describe('details never carry a secret', () => {
  it.each([
    [
      'requests.get',
      'https://bob:s3cret@api.example.com/v1?token=abc#x',
      'https://api.example.com/v1',
    ],
    ['requests.get', 'https://api.example.com/…', 'https://api.example.com/…'],
    ['requests.get', 'https://api.example.com/v1/', 'https://api.example.com/v1/'],
    ['requests.get', '/v1/users/7', '/v1/…'],
    [
      'requests.post',
      'https://hooks.example.com/services/T0/B0/s3cret',
      'https://hooks.example.com/services/…',
    ],
    [
      'requests.post',
      'https://api.example.org/bot123456:AAbbCCddEEffGGhhIIjj/sendMessage',
      'https://api.example.org/…',
    ],
    ['requests.get', '…', null],
    ['psycopg2.connect', 'postgres://app:pw@db.local/shop', 'postgres://db.local/shop'],
    ['psycopg2.connect', 'host=db password=pw', null],
    ['sqlalchemy.create_engine', 'sqlite:///shop.db', 'sqlite:///shop.db'],
    ['subprocess.run', 'git clone https://bob:pw@example.com/x', 'git clone'],
    ['subprocess.run', 'mysql --password=pw', 'mysql'],
    ['pathlib.Path().write_text', 'the content', null],
    ['open', `/data/${'x'.repeat(200)}`, `/data/${'x'.repeat(114)}`],
  ])('%s of %s', (callee, literal, expected) => {
    expect(detailOf(callee, literal)).toBe(expected);
  });
});

describe('unhandled-integration-error', () => {
  it('is worth knowing where the callers are not known', () => {
    expect(unhandled([get()])).toMatchObject([{ line: 4, severity: 'info', symbol: 'load' }]);
  });

  it('is medium where nobody up to the start of the program catches it', () => {
    const calls = [get(), buildCall('load', { enclosing: 'main' })];
    expect(unhandled(calls)).toMatchObject([{ severity: 'medium' }]);
  });

  it.each([
    ['the call itself', [get({ guarded: 'handled' })]],
    ['a caller', [get(), buildCall('load', { enclosing: 'run', guarded: 'handled' })]],
    [
      "a caller's caller",
      [
        get(),
        buildCall('self.load', { enclosing: 'Job.run' }),
        buildCall('job.run', { guarded: 'handled' }),
      ],
    ],
  ])('is none where %s is guarded', (_, calls) => {
    expect(unhandled(calls)).toEqual([]);
  });

  it('is none where the file listens for the errors of what fails by event', () => {
    const request = buildCall('node:http.request');
    const listener = buildCall('request.on', { literal: 'error' });
    expect(unhandledInScript([request])).toBe(1);
    expect(unhandledInScript([request, buildCall('request.on', { literal: 'close' })])).toBe(1);
    expect(unhandledInScript([request, listener])).toBe(0);
    expect(unhandledInScript([buildCall('axios.get'), listener], 'axios')).toBe(1);
  });

  it('is none where a decorator tries again', () => {
    const load = buildDefinition('load', { decorators: ['tenacity.retry'] });
    const imports = [buildImport('requests')];
    const file = buildFacts('a.py', { imports, calls: [get()], definitions: [load] });
    expect(lookAt([file]).hitsOf('unhandled-integration-error')).toEqual([]);
  });

  it('ends when functions call each other in a circle', () => {
    const calls = [
      get(),
      buildCall('load', { enclosing: 'run' }),
      buildCall('run', { enclosing: 'load' }),
    ];
    expect(unhandled(calls)).toHaveLength(1);
  });

  it('is told once a file and kind, with a count', () => {
    const hits = unhandled([get(), get({ line: 8 }), get({ line: 9 })]);
    expect(hits).toHaveLength(1);
    expect(hits[0]?.message).toContain('2 more calls');
  });

  it('is none for objects that do not go outside yet, and none in tests', () => {
    const engine = buildCall('sqlalchemy.create_engine');
    expect(look('a.py', ['sqlalchemy'], [engine]).hitsOf('unhandled-integration-error')).toEqual(
      [],
    );
    expect(
      look('tests/test_a.py', ['requests'], [get()]).hitsOf('unhandled-integration-error'),
    ).toEqual([]);
  });
});

describe('time limits', () => {
  it('are asked of fetch, with certainty where its options are written out', () => {
    const withMethod = buildCall('fetch', { options: ['method'] });
    expect(withoutLimit('a.ts', 'x', withMethod)).toMatchObject([{ severity: 'medium' }]);
    expect(withoutLimit('a.ts', 'x', buildCall('fetch'))).toMatchObject([{ severity: 'low' }]);
    expect(withoutLimit('a.ts', 'x', buildCall('fetch', { options: ['signal'] }))).toEqual([]);
  });

  it('are not asked of a page, whose visitor goes elsewhere', () => {
    const page = { calls: [buildCall('fetch')], identifiers: { document: 2 } };

    expect(lookAt([buildFacts('a.js', page)]).hitsOf('http-without-timeout')).toEqual([]);
    expect(
      lookAt([buildFacts('a.js', { ...page, identifiers: {} })]).hitsOf('http-without-timeout'),
    ).toHaveLength(1);
  });

  it('are not asked of a client that may have one for all of its calls', () => {
    const post = buildCall('http.post', { receiverOrigin: 'axios.create' });
    expect(withoutLimit('a.ts', 'axios', post)).toEqual([]);
  });

  it("leave Python's requests to the linter", () => {
    expect(withoutLimit('a.py', 'requests', buildCall('requests.get'))).toEqual([]);
  });

  it('are asked of programs that are awaited, once a file', () => {
    const run = buildCall('subprocess.run');
    const two = look('a.py', ['subprocess'], [run, { ...run, line: 2 }]);
    expect(two.hitsOf('subprocess-without-timeout')).toHaveLength(1);
    expect(withoutLimit('a.py', 'subprocess', buildCall('subprocess.Popen'))).toEqual([]);
    expect(withoutLimit('a.py', 'subprocess', { ...run, options: ['timeout'] })).toEqual([]);
  });
});

describe('environment variables', () => {
  const environment = [
    { name: 'DATABASE_URL', line: 3, hasDefault: false },
    { name: 'DATABASE_URL', line: 7, hasDefault: false },
    { name: 'PORT', line: 4, hasDefault: true },
  ];

  it('are points, each once a file', () => {
    const { points } = lookAt([buildFacts('a.py', { environment })]);
    expect(points).toMatchObject([
      { kind: 'configuration', name: 'DATABASE_URL', line: 3, alsoAt: ['a.py:7'] },
      { kind: 'configuration', name: 'PORT', line: 4, alsoAt: [] },
    ]);
  });

  it('without a default are told in one hit', () => {
    const { hitsOf } = lookAt([buildFacts('a.py', { environment })]);
    const [hit, ...others] = hitsOf('environment-without-default');
    expect(others).toEqual([]);
    expect(hit?.message).toContain('`DATABASE_URL`');
    expect(hit?.message).not.toContain('PORT');
  });
});
