import { describe, expect, test } from 'vitest';
import { collectFiles } from '../../../lib/flows/component-analysis/collect-files.ts';
import { componentPaths } from '../../../lib/flows/component-analysis/component-paths.ts';
import type { SourceEntry, SourceListing } from '../../../lib/ports/source-host.ts';

const limits = { maxFileBytes: 100, maxTotalBytes: 1_000 };

function entry(path: string, content = 'x = 1\n', kind: SourceEntry['kind'] = 'file'): SourceEntry {
  const bytes = new TextEncoder().encode(content);
  return { path, kind, size: bytes.length, read: async () => bytes };
}

function listing(entries: SourceEntry[]): SourceListing {
  return {
    commit: null,
    entries: (async function* () {
      yield* entries;
    })(),
  };
}

const collect = (entries: SourceEntry[], paths: string[], some = limits) =>
  collectFiles(listing(entries), componentPaths(paths), some);

describe('collectFiles', () => {
  test('reads the component, and the rest only for references', async () => {
    const snapshot = await collect(
      [entry('lib/a.py'), entry('app/b.ts'), entry('app/c.md')],
      ['lib'],
    );
    expect(snapshot.files.map(({ inComponent, path }) => [path, inComponent])).toEqual([
      ['app/b.ts', false],
      ['lib/a.py', true],
    ]);
    expect(snapshot.counts).toMatchObject({ analysed: 1, listed: 0, references: 1 });
  });

  test('counts other languages without keeping them', async () => {
    const snapshot = await collect([entry('lib/a.py'), entry('lib/b.go', 'package b\n')], ['lib']);
    expect(snapshot.files).toHaveLength(1);
    expect(snapshot.listed).toEqual([{ path: 'lib/b.go', lines: 1 }]);
    expect(snapshot.counts.languages).toEqual([
      { language: 'go', judged: false, files: 1, lines: 1, bytes: 10 },
      { language: 'python', judged: true, files: 1, lines: 1, bytes: 6 },
    ]);
  });

  test('counts what the component leaves out, by reason', async () => {
    const unreadable: SourceEntry = {
      ...entry('lib/secret.py'),
      read: () => Promise.reject(new Error('EACCES')),
    };
    const snapshot = await collect(
      [
        entry('lib/a.py'),
        entry('lib/big.py', 'x'.repeat(101)),
        entry('lib/vendor/v.py'),
        entry('lib/x_pb2.py'),
        entry('lib/image.py', 'a\0b'),
        entry('lib/link.py', '', 'symlink'),
        entry('lib/out', '', 'ignored'),
        entry('elsewhere', '', 'ignored'),
        entry('app/big.py', 'x'.repeat(101)),
        unreadable,
      ],
      ['lib/**/*.py'],
    );
    expect(snapshot.counts.skipped.map(({ files, reason }) => [reason, files])).toEqual([
      ['ignored', 1],
      ['vendored', 1],
      ['generated', 1],
      ['binary', 1],
      ['too-large', 1],
      ['unreadable', 1],
      ['symlink', 1],
    ]);
  });

  test('refuses a component with more source than it can hold', async () => {
    const entries = Array.from({ length: 11 }, (_, index) =>
      entry(`lib/${index}.py`, 'x'.repeat(99)),
    );
    await expect(collect(entries, ['lib'])).rejects.toThrow('Give it fewer paths, or split it');
  });

  test('takes any amount of what is only counted', async () => {
    const data = Array.from({ length: 11 }, (_, index) =>
      entry(`lib/${index}.csv`, 'x'.repeat(99)),
    );
    const snapshot = await collect([...data, entry('lib/a.py')], ['lib']);
    expect(snapshot.counts).toMatchObject({ analysed: 1, listed: 11 });
  });

  test('does without further references when the rest of the source is too large', async () => {
    const rest = Array.from({ length: 11 }, (_, index) => entry(`app/${index}.py`, 'x'.repeat(99)));
    const component = [entry('lib/a.py'), entry('lib/b.py', 'y'.repeat(99))];
    const snapshot = await collect([...rest, ...component], ['lib']);
    expect(snapshot.referencesComplete).toBe(false);
    expect(snapshot.counts.analysed).toBe(2);
  });

  test('keeps manifests wherever they lie', async () => {
    const snapshot = await collect([entry('package.json', '{}'), entry('lib/a.py')], ['lib']);
    expect(snapshot.manifests).toEqual([{ path: 'package.json', text: '{}', inComponent: false }]);
  });
});

describe('componentPaths', () => {
  test.each([
    ['lib', 'lib/a/b.ts', true],
    ['./lib/', 'lib/a.ts', true],
    ['lib', 'library/a.ts', false],
    ['**/*.py', 'a.py', true],
    ['**/*.py', 'x/.hidden/a.py', true],
    ['src/{a,b}/**', 'src/b/c.ts', true],
    ['.', 'anything', true],
    ['a,b', 'a,b/c.ts', true],
    ['a,b', 'a/c.ts', false],
  ])('%j takes %j: %j', (glob, path, expected) => {
    expect(componentPaths([glob]).includes(path)).toBe(expected);
  });

  test.each(['/etc/**', '../other', 'a/../../b', ''])('refuses %j', (glob) => {
    expect(() => componentPaths([glob])).toThrow('does not lie inside the source');
  });
});
