import { describe, expect, it } from 'vitest';
import { findBuiltCopies, judgedOnce, writtenByHand } from '../../../lib/analysis/built-copies.ts';
import { sourceFile } from '../../builders/source-file.ts';

function copiesAmong(...paths: string[]): string[] {
  return [...findBuiltCopies(paths.map((path) => ({ path })))];
}

describe('built copies', () => {
  it.each([
    ['beside the source', 'src/a.ts', ['src/a.js', 'src/a.d.ts', 'src/a.cjs']],
    ['in a tree of the same shape', 'src/core/a.ts', ['lib/core/a.mjs', 'dist/esm/core/a.js']],
    ['at the root', 'src/core/a.ts', ['core/a.js', 'core/a.d.cts']],
    ['in several packages', 'packages/x/src/a.tsx', ['packages/x/build/a.js']],
  ])('are what is compiled from TypeScript, %s', (_place, source, built) => {
    expect(copiesAmong(source, ...built).toSorted()).toEqual(built.toSorted());
  });

  it('are all formats of a module but one, where the source is not there', () => {
    expect(copiesAmong('dist/cjs/a.js', 'dist/a.js', 'dist/types/a.d.ts')).toEqual([
      'dist/cjs/a.js',
    ]);
    expect(copiesAmong('dist/esm/a.js', 'dist/cjs/a.js')).toHaveLength(1);
  });

  it('are bundles with the name of a source', () => {
    const bundles = ['dist/shop.js', 'dist/node/shop.cjs', 'dist/shop.min.js'];

    expect(copiesAmong('lib/shop.js', ...bundles).toSorted()).toEqual(bundles.toSorted());
  });

  it('are not sources that share a name or a shape', () => {
    expect(copiesAmong('src/a.ts', 'lib/a.ts', 'src/b/a.js')).toEqual([]);
    expect(copiesAmong('src/index.js', 'src/http/index.js', 'build/index.js')).toEqual([]);
    expect(copiesAmong('lib/a.js', 'types/a.d.ts', 'app/a.py', 'out/a.py')).toEqual([]);
  });
});

it('leaves out of the search for duplicates what a build or a compiler wrote', () => {
  const outside = ['dist/a.js', 'x/build/b.js', 'builder/c.js', 'src/dist.js', 'types/d.d.ts'];
  const files = [
    ...outside.map((path) => sourceFile(path, '', false)),
    sourceFile('src/e.ts', ''),
    sourceFile('lib/e.js', ''),
    sourceFile('dist/only.js', ''),
  ];

  expect(writtenByHand(files).map(({ path }) => path)).toEqual([
    'builder/c.js',
    'src/dist.js',
    'src/e.ts',
    'dist/only.js',
  ]);
});

function judged(files: ReturnType<typeof sourceFile>[]): string[] {
  return judgedOnce(files).flatMap(({ path, inComponent }) => (inComponent ? [path] : []));
}

it('judges copies only where their source is not judged', () => {
  expect(judged([sourceFile('src/a.ts', ''), sourceFile('dist/a.js', '')])).toEqual(['src/a.ts']);
  expect(judged([sourceFile('src/a.ts', '', false), sourceFile('dist/a.js', '')])).toEqual([
    'dist/a.js',
  ]);
});
