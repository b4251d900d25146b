import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePythonCorpus } from '../../bench/corpus.ts';
import { createPythonParser } from '../../bench/python-pieces.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpus-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function readCorpus(name: string, options: { files: number; seed?: number }) {
  const target = join(folder, name);
  await makePythonCorpus({ folder: target, ...options });
  const entries = await readdir(target, { recursive: true });
  const paths = entries.filter((path) => path.endsWith('.py')).toSorted();
  const texts = await Promise.all(paths.map((path) => readFile(join(target, path), 'utf8')));
  return new Map(paths.map((path, index) => [path, texts[index] ?? '']));
}

describe('makePythonCorpus', () => {
  test('writes as many files as asked for, and the same ones for the same options', async () => {
    const first = await readCorpus('first', { files: 40 });
    const second = await readCorpus('second', { files: 40 });

    expect(first.size).toBe(40);
    expect(second).toEqual(first);
  });

  test('writes other files for another seed', async () => {
    const one = await readCorpus('seed-1', { files: 40, seed: 1 });
    const two = await readCorpus('seed-2', { files: 40, seed: 2 });

    expect(two).not.toEqual(one);
  });

  test('writes modules that parse, differ from each other and import from each other', async () => {
    const corpus = await readCorpus('parsed', { files: 400 });
    const parser = await createPythonParser();

    const broken = [...corpus].filter(([, text]) => parser.parse(text)?.rootNode.hasError);
    const texts = new Set(corpus.values());
    const importing = [...corpus.values()].filter((text) => text.includes('\nfrom package_'));

    expect(broken).toEqual([]);
    expect(texts.size).toBe(corpus.size);
    expect(importing.length).toBeGreaterThan(100);
  });
});
