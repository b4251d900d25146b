import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Node } from 'web-tree-sitter';
import { Language, Parser } from 'web-tree-sitter';

/** A name inside a piece that may be exchanged without breaking the piece. */
interface Spot {
  /** Offsets within the piece's text. */
  from: number;
  to: number;
  name: string;
}

/** One statement at the top level of a Python file, with the comment lines above it. */
export interface Piece {
  /** The file it was cut from. */
  origin: string;
  text: string;
  /** Top-level names that it defines. */
  defines: string[];
  /** All identifiers in it: what it may need from elsewhere. */
  uses: Set<string>;
  /** In ascending order, never overlapping. */
  spots: Spot[];
}

/** An import statement at the top level of a Python file. */
export interface ImportPiece {
  origin: string;
  text: string;
  /** Names that it brings into the file. */
  binds: string[];
}

export interface CutFile {
  pieces: Piece[];
  imports: ImportPiece[];
}

const IMPORTS = new Set(['import_statement', 'import_from_statement']);
/** Anything else at top level (scripts' main blocks, conditional definitions) is left out. */
const KEPT = new Set(['function_definition', 'class_definition', 'decorated_definition']);

/** Loads the Python grammar that ships with its npm package. */
export async function createPythonParser(): Promise<Parser> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve(
    'tree-sitter-python/tree-sitter-python.wasm',
  );
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readFile(grammar)));
  return parser;
}

/** Cuts a Python file at its top-level statements. `origin` names the file in the pieces. */
export function cutPythonFile(parser: Parser, origin: string, text: string): CutFile {
  const tree = parser.parse(text);
  if (tree === null) throw new Error(`${origin} could not be parsed`);
  const statements = tree.rootNode.namedChildren.filter((node) => node !== null);
  const imports = statements.filter((node) => IMPORTS.has(node.type));
  const kept = statements.filter((node) => KEPT.has(node.type) || isConstant(node));
  const file = {
    origin,
    text,
    imported: new Set(imports.flatMap(namesBoundBy)),
    defined: new Set(kept.flatMap(definedNames)),
  };
  const cut = {
    imports: imports.map((node) => ({ origin, text: node.text, binds: namesBoundBy(node) })),
    pieces: kept.map((node) => pieceOf(node, file)),
  };
  tree.delete();
  return cut;
}

function isConstant(node: Node): boolean {
  return node.type === 'expression_statement' && node.namedChild(0)?.type === 'assignment';
}

function namesBoundBy(node: Node): string[] {
  const [first, ...rest] = node.namedChildren.filter((child) => child !== null);
  const names = node.type === 'import_statement' ? [first, ...rest] : rest;
  return names.flatMap((child) => {
    const alias = child?.childForFieldName('alias')?.text;
    return alias ?? child?.text.split('.')[0] ?? [];
  });
}

interface OpenFile {
  origin: string;
  text: string;
  imported: ReadonlySet<string>;
  /** Top-level names of the whole file: they are exchanged in every piece that uses them. */
  defined: ReadonlySet<string>;
}

function pieceOf(node: Node, file: OpenFile): Piece {
  const start = startWithComments(node);
  const identifiers = node.descendantsOfType('identifier').filter((found) => found !== null);
  const bound = new Set(identifiers.filter(isBinding).map((found) => found.text));
  const spots = identifiers
    .filter((found) => isOwnName(found))
    .filter((found) => bound.has(found.text) || file.defined.has(found.text) || isOnSelf(found))
    .filter(({ text }) => !file.imported.has(text) && !/^(self|cls|_+|__\w+__)$/.test(text))
    .map((found) => ({
      from: found.startIndex - start,
      to: found.endIndex - start,
      name: found.text,
    }));
  return {
    origin: file.origin,
    text: file.text.slice(start, node.endIndex),
    defines: definedNames(node),
    uses: new Set(identifiers.map((found) => found.text)),
    spots: [...spots, ...wordStrings(node, start)].toSorted((a, b) => a.from - b.from),
  };
}

function startWithComments(node: Node): number {
  let start = node;
  while (
    start.previousNamedSibling?.type === 'comment' &&
    start.previousNamedSibling.endPosition.row === start.startPosition.row - 1 &&
    start.previousNamedSibling.startPosition.column === 0
  ) {
    start = start.previousNamedSibling;
  }
  return start.startIndex;
}

function definedNames(node: Node): string[] {
  const definition = node.childForFieldName('definition') ?? node;
  const name =
    definition.childForFieldName('name') ?? node.namedChild(0)?.childForFieldName('left');
  return name?.type === 'identifier' ? [name.text] : [];
}

/** Assigned, looped over, defined or a parameter: the piece itself gives it its name. */
function isBinding(identifier: Node): boolean {
  const parent = identifier.parent;
  if (parent === null) return false;
  if (['parameters', 'lambda_parameters', 'pattern_list'].includes(parent.type)) return true;
  if (parent.childForFieldName('left')?.id === identifier.id) return true;
  return (
    /_(definition|parameter)$/.test(parent.type) &&
    parent.childForFieldName('name')?.id === identifier.id
  );
}

/** Not the name of a keyword argument nor part of an import: those belong to someone else. */
function isOwnName(identifier: Node): boolean {
  const parent = identifier.parent;
  if (parent === null || parent.type === 'dotted_name') return false;
  if (parent.type === 'keyword_argument') {
    return parent.childForFieldName('name')?.id !== identifier.id;
  }
  return isOnSelf(identifier) || !isAttribute(identifier);
}

function isAttribute(identifier: Node): boolean {
  return identifier.parent?.childForFieldName('attribute')?.id === identifier.id;
}

function isOnSelf(identifier: Node): boolean {
  return isAttribute(identifier) && identifier.parent?.childForFieldName('object')?.text === 'self';
}

/** Strings of one plain word; without them, tables of strings would be alike in every copy. */
function wordStrings(node: Node, start: number): Spot[] {
  return node
    .descendantsOfType('string_content')
    .filter((found) => found !== null)
    .filter((found) => /^[A-Za-z][A-Za-z_]{3,}$/.test(found.text))
    .map((found) => ({
      from: found.startIndex - start,
      to: found.endIndex - start,
      name: found.text,
    }));
}
