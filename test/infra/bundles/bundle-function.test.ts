import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleFunction } from '../../../infra/constructs/bundling/bundle-function.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
  architecture,
  bytesIn,
  config,
  digestOf,
  filesIn,
  functionNames,
  runBare,
  unzipped,
} from './bundled-functions.ts';
import { deployed } from './deployed-environment.ts';

const bundle = (name: string) => bundleFunction({ name, architecture, config });
const isCode = (path: string) => path.endsWith('.mjs');
const kilobytes = (name: string) => bytesIn(bundle(name).folder, isCode) / 1_000;
const configurationOf = (name: string) => join(bundle(name).folder, 'config.json');

describe.each(functionNames)('the bundle of %s', (name) => {
  test('loads where there is nothing else', () => {
    const { folder, handler } = bundle(name);
    const task = unzipped(folder, temporaryFolder());
    const [module = '', exported] = handler.split('.');
    const loader = join(import.meta.dirname, 'load-function.mjs');

    const { stderr, stdout } = runBare({
      args: [loader, join(task, `${module}.mjs`)],
      environment: { ...deployed, LAMBDA_TASK_ROOT: task },
      mayRead: [task, loader],
    });

    expect(exported).toBe('handler');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ handler: 'function' });
  });

  test('tells nothing of the machine that made it', () => {
    const { folder } = bundle(name);
    const project = ['functions', 'lib', 'node_modules'].map((part) => join(process.cwd(), part));
    const telling = filesIn(folder).filter((path) => {
      const text = readFileSync(join(folder, path), 'latin1');
      return [...project, basename(folder)].some((place) => text.includes(place));
    });
    expect(telling).toEqual([]);
  });

  test('has a source map for each of its modules', () => {
    const files = filesIn(bundle(name).folder);
    const modules = files.filter((path) => isCode(path) && !path.startsWith('node_modules/'));
    expect(modules).toContain('index.mjs');
    expect(files).toEqual(expect.arrayContaining(modules.map((path) => `${path}.map`)));
  });
});

describe('sizes', () => {
  test.each(['github-webhook', 'linear-webhook'])('%s has at most 60 KB', (name) => {
    expect(kilobytes(name)).toBeLessThan(60);
  });

  test.each(functionNames)('%s has at most 4 MB of code', (name) => {
    expect(kilobytes(name)).toBeLessThan(4_000);
  });

  test('component-analysis with parsers and linters has at most 50 MB', () => {
    expect(bytesIn(bundle('component-analysis').folder) / 1e6).toBeLessThan(50);
  });

  test('no other function ships files of packages', () => {
    const shipping = functionNames.filter((name) =>
      existsSync(join(bundle(name).folder, 'node_modules')),
    );
    expect(shipping).toEqual(['component-analysis']);
  });
});

describe('the configuration', () => {
  test('lies beside the functions that read it, complete', () => {
    expect(JSON.parse(readFileSync(configurationOf('component-analysis'), 'utf8'))).toEqual(config);
  });

  test.each(functionNames)('is there for %s if and only if its code reads it', (name) => {
    const { folder } = bundle(name);
    const reads = filesIn(folder)
      .filter((path) => isCode(path) && !path.startsWith('node_modules/'))
      .some((path) => readFileSync(join(folder, path), 'utf8').includes('config.json'));
    expect(existsSync(configurationOf(name))).toBe(reads);
  });
});

/** Bundles in another process, in another folder, with a secret in its environment. */
function digestElsewhere(names: readonly string[], temporary: string): unknown {
  const script = join(import.meta.dirname, 'digest-bundles.ts');
  const env = { TMPDIR: temporary, LINEAR_API_KEY: 'lin_api_of_nobody' };
  const options = { cwd: temporaryFolder(), env, encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, [script, ...names], options));
}

test('the same code gives the same files, whoever bundles it', () => {
  const names = ['dispatcher', 'component-analysis'];
  const digests = names.map((name) => digestOf(bundle(name).folder));
  expect(digestElsewhere(names, temporaryFolder())).toEqual(digests);
});

test('a process that bundles leaves nothing behind, and removes what a killed one has left', () => {
  const temporary = temporaryFolder();
  const deadPid = 2 ** 22 + 1;
  const leftBehind = join(temporary, `cicd-bundles-${deadPid}-abcdef`);
  mkdirSync(leftBehind);
  utimesSync(leftBehind, 0, 0);

  digestElsewhere(['scheduler'], temporary);

  expect(readdirSync(temporary)).toEqual([]);
});

test('another configuration is another bundle', () => {
  const quieter = { ...config, analyseOnFirstStart: false };
  const other = bundleFunction({ name: 'dispatcher', architecture, config: quieter });
  expect(digestOf(other.folder)).not.toBe(digestOf(bundle('dispatcher').folder));
});

test('a function that does not exist cannot be bundled', () => {
  expect(() => bundle('nothing-like-it')).toThrow('functions/nothing-like-it.ts');
});
