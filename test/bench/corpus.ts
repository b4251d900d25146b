import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CutFile, ImportPiece, Piece } from './python-pieces.ts';
import { createPythonParser, cutPythonFile } from './python-pieces.ts';

const GYP_SOURCES = join(import.meta.dirname, '../../node_modules/node-gyp/gyp');
/** Definitions in a module; with imports and packages, 1,300 files come to 6 MB. */
const MEAN_MODULE_BYTES = 4_350;
const LEAST_MODULE_BYTES = 800;
const MODULES_IN_PACKAGE = 15;
/** Appended to names, so that each use of a piece reads differently. */
const WORDS = 'entry spec state value node item record part field token frame index group'.split(
  ' ',
);

export interface CorpusOptions {
  /** Created where missing; files in it may be overwritten. */
  folder: string;
  /** Python files to write, the packages' `__init__.py` included. */
  files: number;
  /** Another seed gives another order and other names. Default 1. */
  seed?: number;
}

interface CorpusModule {
  /** `package_03.module_007`. */
  name: string;
  round: number;
  pieces: Piece[];
}

/**
 * Writes a tree of real Python for measurements: the sources of gyp, cut at top-level definitions
 * and dealt out anew in packages that import from each other. When the material is used up it is
 * used again with other names (a new *round*), so that no two files are alike.
 *
 * The same options give the same bytes.
 */
export async function makePythonCorpus(options: CorpusOptions): Promise<void> {
  const random = createRandom(options.seed ?? 1);
  const sources = shuffle(await cutSources(), random);
  const packages = Math.ceil(options.files / (MODULES_IN_PACKAGE + 1));
  const modules = dealPieces(sources, { modules: options.files - packages, random });
  const imports = new Map(
    Map.groupBy(
      sources.flatMap((cut) => cut.imports),
      (one) => one.origin,
    ),
  );
  const files = [...packageFiles(packages), ...moduleFiles(modules, imports)];
  for (const { path, text } of files) {
    const target = join(options.folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

async function cutSources(): Promise<CutFile[]> {
  const paths: string[] = [];
  for await (const path of glob('**/*.py', { cwd: GYP_SOURCES })) paths.push(path);
  const parser = await createPythonParser();
  const cuts: CutFile[] = [];
  for (const path of paths.toSorted()) {
    cuts.push(cutPythonFile(parser, path, await readFile(join(GYP_SOURCES, path), 'utf8')));
  }
  parser.delete();
  return cuts.filter((cut) => cut.pieces.length > 0);
}

/** Each module takes pieces until the sizes so far have reached what was planned so far. */
function dealPieces(
  sources: readonly CutFile[],
  { modules, random }: { modules: number; random: () => number },
): CorpusModule[] {
  const material = sources.flatMap((cut) => cut.pieces);
  const dealt: CorpusModule[] = [];
  let next = 0;
  let total = 0;
  let planned = 0;
  while (dealt.length < modules) {
    const first = next;
    planned += MEAN_MODULE_BYTES * (0.5 + random());
    const least = total + LEAST_MODULE_BYTES;
    const pieces: Piece[] = [];
    while (
      pieces.length === 0 ||
      (total < Math.max(planned, least) && next % material.length > 0)
    ) {
      const piece = material[next % material.length];
      if (piece === undefined) throw new Error('There is no Python to build a corpus from');
      pieces.push(piece);
      total += piece.text.length;
      next += 1;
    }
    dealt.push({
      name: moduleName(dealt.length),
      round: Math.floor(first / material.length),
      pieces,
    });
  }
  return dealt;
}

function moduleName(index: number): string {
  const inPackage = String(index % MODULES_IN_PACKAGE).padStart(2, '0');
  return `${packageName(Math.floor(index / MODULES_IN_PACKAGE))}.module_${inPackage}`;
}

function packageName(index: number): string {
  return `package_${String(index).padStart(3, '0')}`;
}

function packageFiles(packages: number): { path: string; text: string }[] {
  return Array.from({ length: packages }, (_, index) => ({
    path: `${packageName(index)}/__init__.py`,
    text: `"""Part ${index} of the corpus."""\n`,
  }));
}

function moduleFiles(
  modules: readonly CorpusModule[],
  imports: ReadonlyMap<string, ImportPiece[]>,
): { path: string; text: string }[] {
  // Where a name of a source file was defined last. Modules import from earlier ones
  // only, so that the graph has no cycles.
  const homes = new Map<string, { module: CorpusModule; name: string }>();
  return modules.map((module) => {
    const header = importLines(module, { imports, homes });
    for (const piece of module.pieces) {
      for (const name of piece.defines) homes.set(`${piece.origin} ${name}`, { module, name });
    }
    const body = module.pieces.map((piece) => renderPiece(piece, module.round));
    const sections = header.length > 0 ? [header.join('\n'), ...body] : body;
    return { path: `${module.name.replace('.', '/')}.py`, text: `${sections.join('\n\n\n')}\n` };
  });
}

function importLines(
  module: CorpusModule,
  context: {
    imports: ReadonlyMap<string, ImportPiece[]>;
    homes: ReadonlyMap<string, { module: CorpusModule; name: string }>;
  },
): string[] {
  const own = new Set(module.pieces.flatMap((piece) => piece.defines));
  const lines = new Set<string>();
  for (const { origin, uses } of module.pieces) {
    for (const statement of context.imports.get(origin) ?? []) {
      if (statement.binds.some((name) => uses.has(name))) lines.add(statement.text);
    }
    for (const name of uses) {
      const home = context.homes.get(`${origin} ${name}`);
      if (home === undefined || home.module.round !== module.round || own.has(name)) continue;
      lines.add(`from ${home.module.name} import ${varyName(name, module.round)}`);
    }
  }
  const sorted = [...lines].toSorted();
  return [
    ...sorted.filter((line) => line.startsWith('from __future__')),
    ...sorted.filter((line) => !line.startsWith('from __future__')),
  ];
}

function renderPiece(piece: Piece, round: number): string {
  let text = '';
  let at = 0;
  for (const spot of piece.spots) {
    text += piece.text.slice(at, spot.from) + varyName(spot.name, round);
    at = spot.to;
  }
  return text + piece.text.slice(at);
}

/** The same name in the same round gives the same answer, wherever it stands. */
function varyName(name: string, round: number): string {
  const word = WORDS[hash(`${name} ${round}`) % WORDS.length] ?? '';
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return `${name}_${word.toUpperCase()}`;
  if (/^_*[A-Z]/.test(name)) return `${name}${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return `${name}_${word}`;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  return value >>> 0;
}

function createRandom(seed: number): () => number {
  let state = 0;
  return () => {
    state += 1;
    return hash(`${seed} ${state}`) / 2 ** 32;
  };
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
