import { describe, expect, it } from 'vitest';
import type { CallFact } from '../../../../lib/analysis/facts.ts';
import { checkConnections } from '../../../../lib/analysis/integration/connection-checks.ts';
import { buildCall, buildFacts, buildImport } from '../../../builders/facts.ts';
import { sourceFile } from '../../../builders/source-file.ts';

/** Rules that are hit by a file which imports a module and makes one call in its second line. */
function hit(call: string, overrides: Partial<CallFact> = {}, path = 'app/jobs.py') {
  const callee = call.slice(0, call.indexOf('('));
  const module = callee.slice(0, callee.lastIndexOf('.'));
  const options = [...call.matchAll(/(\w+) ?[=:](?!=)/g)].map(([, name = '']) => name);
  const calls = [buildCall(callee, { line: 2, options, ...overrides })];
  const facts = buildFacts(path, { imports: [buildImport(module)], calls });
  return checkConnections(sourceFile(path, `\nx = ${call}\n`), facts).map(({ rule }) => rule);
}

const inScript = (call: string) => hit(call, {}, 'src/jobs.ts');

describe('connections without a time limit', () => {
  it.each([
    'psycopg2.connect(host=host, user="admin")',
    'psycopg2.connect("host=db user=admin")',
    'psycopg.connect(\n    host=host,  # (no limit)\n)',
    'MySQLdb.connect(host=host, db="shop")',
    'redis.Redis(host=host, port=6379)',
  ])('are reported of databases: %s', (call) => {
    expect(hit(call)).toEqual(['database-without-timeout']);
  });

  it.each([
    'socket.create_connection((host, 8443))',
    'socket.create_connection(address)',
    'smtplib.SMTP(host, 25)',
    'ftplib.FTP(host, user, password)',
  ])('are reported of the network: %s', (call) => {
    expect(hit(call)).toEqual(['connection-without-timeout']);
  });

  it.each([
    'psycopg2.connect(host=host, connect_timeout=5)',
    'psycopg2.connect("host=db connect_timeout=5")',
    'redis.Redis(host=host, socket_timeout=5)',
    'socket.create_connection((host, 8443), timeout=5)',
    'socket.create_connection((host, 8443), 5)',
    'smtplib.SMTP(host, 25, None, 10)',
  ])('are none where a limit is given: %s', (call) => {
    expect(hit(call)).toEqual([]);
  });

  it.each([
    'psycopg2.connect(dsn)',
    'psycopg2.connect(dsn=dsn)',
    'psycopg2.connect(host=host, **options)',
    'psycopg2.connect(*arguments)',
    'redis.from_url(url)',
    'ftplib.FTP()',
    'pymysql.connect(host=host)',
    'socket.gethostbyname(host)',
  ])('are none where the options are not seen, or a limit is the default: %s', (call) => {
    expect(hit(call)).toEqual([]);
  });

  it('are told of scripts where an object is written out', () => {
    expect(inScript('pg.Pool({ host: "db", max: 5 })')).toEqual(['database-without-timeout']);
    expect(inScript('pg.Pool({ connectionTimeoutMillis: 5000 })')).toEqual([]);
    expect(inScript('pg.Pool({ ...settings, max: 5 })')).toEqual([]);
    expect(inScript('pg.Pool(settings)')).toEqual([]);
    expect(inScript('net.connect({ host: "gate", port: 7 })')).toEqual([
      'connection-without-timeout',
    ]);
    expect(inScript('net.connect({ host: "gate", port: 7, timeout: 5 })')).toEqual([]);
  });

  it('are none where the file sets a limit for its sockets', () => {
    const calls = ['net.connect', 'socket.setTimeout'].map((callee) => buildCall(callee));
    const facts = buildFacts('src/jobs.ts', { imports: [buildImport('net')], calls });
    const text = 'net.connect({ port: 7 });\nsocket.setTimeout(5);\n';
    expect(checkConnections(sourceFile('src/jobs.ts', text), facts)).toEqual([]);
  });

  it('are none in tests, and none where the call bears another name', () => {
    const call = 'socket.create_connection(address)';
    expect(hit(call, {}, 'tests/test_jobs.py')).toEqual([]);
    expect(hit('socket.open_it(address)', { callee: 'socket.create_connection' })).toEqual([]);
  });
});
