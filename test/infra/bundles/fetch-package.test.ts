import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { FetchOutcome } from '../../../infra/constructs/bundling/fetch-package.ts';
import { startServer } from '../../support/local-server.ts';
import { tarOf } from '../../support/tarball.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const name = '@acme/for-another-machine';
const version = '1.2.3';
/** No machine that could run it exists. */
const description = JSON.stringify({ name, version, os: ['linux'], cpu: ['pdp11'] });
const tarball = gzipSync(
  await tarOf([
    { name: 'package/package.json', content: description },
    { name: 'package/binary.node', content: 'machine code' },
  ]),
);
const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;

/** Of npm, with just this package. */
async function startRegistry() {
  const registry = await startServer((request, response) => {
    if (request.url?.endsWith('.tgz') === true) return response.end(tarball);
    const dist = { tarball: `http://${request.headers.host}/package.tgz`, integrity };
    return response.end(JSON.stringify({ name, versions: { [version]: { name, version, dist } } }));
  });
  return registry;
}

const run = promisify(execFile);

async function fetchFrom(
  registry: string,
  { cache, expected = integrity }: { cache: string; expected?: string },
): Promise<FetchOutcome> {
  const script = join(import.meta.dirname, 'fetch-in-process.ts');
  const locked = JSON.stringify({ name, version, integrity: expected });
  const env = {
    ...process.env,
    npm_config_cache: temporaryFolder(),
    npm_config_registry: registry,
  };
  const { stdout } = await run(process.execPath, [script, locked, cache], { env });
  return JSON.parse(stdout);
}

test('a package for another machine is fetched once and kept', async () => {
  const { seen, url } = await startRegistry();
  const cache = temporaryFolder();

  const first = await fetchFrom(url, { cache });
  const requests = seen.length;
  const second = await fetchFrom(url, { cache });

  expect(first.kind === 'there' && readFileSync(join(first.folder, 'binary.node'), 'utf8')).toBe(
    'machine code',
  );
  expect(requests).toBeGreaterThan(0);
  expect(second).toEqual(first);
  expect(seen).toHaveLength(requests);
});

test('a package that is not the one of the lockfile is refused', async () => {
  const { url } = await startRegistry();
  const cache = temporaryFolder();
  const expected = `sha512-${createHash('sha512').update('another').digest('base64')}`;

  const outcome = await fetchFrom(url, { cache, expected });

  expect(outcome).toEqual({ kind: 'missing', reason: 'npm says EINTEGRITY' });
  expect(readdirSync(cache)).toEqual([]);
});

test('without a registry it is missing, and the reason fits a line', async () => {
  const cache = temporaryFolder();

  const outcome = await fetchFrom('http://127.0.0.1:9', { cache });

  expect(outcome).toEqual({ kind: 'missing', reason: 'npm says ECONNREFUSED' });
  expect(readdirSync(cache)).toEqual([]);
});
