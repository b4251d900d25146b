import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { builtinModules } from 'node:module';
import { expect, test } from 'vitest';

/**
 * Imports point one way: functions, infra → lib/flows, lib/adapters, lib/dashboard → lib/domain, lib/ports.
 * What a place may import is listed here; whatever is not listed is forbidden.
 */
const allowed: Record<string, string[]> = {
  // What several functions find on AWS, or have done on one thread.
  functions: ['lib', 'functions/threads', 'functions/services'],
  infra: ['infra', 'functions', 'lib'],
  'lib/domain': ['lib/domain'],
  'lib/ports': ['lib/domain', 'lib/ports'],
  'lib/analysis': ['lib/domain', 'lib/analysis'],
  'lib/runtime': ['lib/domain', 'lib/ports', 'lib/runtime'],
  'lib/flows': ['lib/domain', 'lib/ports', 'lib/analysis', 'lib/runtime', 'lib/flows'],
  'lib/adapters': ['lib/domain', 'lib/ports', 'lib/runtime', 'lib/adapters'],
  'lib/dashboard': ['lib/domain', 'lib/ports', 'lib/dashboard'],
};

interface Import {
  from: string;
  /** A path from the project's root, or a package. */
  to: string;
}

function listSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const specifiers = text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()'([^'\n]+)'/g);
  return [...specifiers].map(([, specifier = '']) => ({
    from: file,
    to: specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier,
  }));
}

const isInside = (path: string, folder: string) => path.startsWith(`${folder}/`);
const isOurs = ({ to }: Import) =>
  ['infra', 'functions', 'lib', 'test'].some((f) => isInside(to, f));

const imports = ['functions', 'infra', 'lib'].flatMap(listSources).flatMap(importsOf);

function breaksDirection(edge: Import): boolean {
  const place = Object.keys(allowed).find((folder) => isInside(edge.from, folder));
  const targets = place === undefined ? [] : (allowed[place] ?? []);
  return isOurs(edge) && !targets.some((folder) => isInside(edge.to, folder));
}

const show = ({ from, to }: Import) => `${from} imports ${to}`;

test('the imports of the whole project are read', () => {
  expect(imports.length).toBeGreaterThan(200);
  expect(imports.map(show)).toContain(
    'functions/component-analysis.ts imports lib/flows/component-analysis/run.ts',
  );
});

test('imports point from the outside to the domain only', () => {
  expect(imports.filter(breaksDirection).map(show)).toEqual([]);
});

const adapterOf = (path: string) => path.split('/')[2];

test('adapters do not import each other', () => {
  const crossing = imports.filter(
    ({ from, to }) =>
      isInside(from, 'lib/adapters') &&
      isInside(to, 'lib/adapters') &&
      adapterOf(from) !== adapterOf(to),
  );
  expect(crossing.map(show)).toEqual([]);
});

test('the domain imports nothing but itself and zod', () => {
  const others = imports.filter(
    (edge) => isInside(edge.from, 'lib/domain') && !isOurs(edge) && edge.to !== 'zod',
  );
  expect(others.map(show)).toEqual([]);
});

test('only lib/analysis loads parsers and linters', () => {
  const parsers = /^(web-tree-sitter|tree-sitter-|@astral-sh\/|oxlint|@secretlint\/|@jscpd\/)/;
  const others = imports.filter(
    ({ from, to }) => parsers.test(to) && !isInside(from, 'lib/analysis'),
  );
  expect(others.map(show)).toEqual([]);
});

test('modules of Node are imported by their node: names', () => {
  const bare = imports.filter(({ to }) => builtinModules.includes(to) && !to.startsWith('node:'));
  expect(bare.map(show)).toEqual([]);
});
