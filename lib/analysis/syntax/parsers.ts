import { fileURLToPath } from 'node:url';
import { Language as Grammar, type Node, Parser } from 'web-tree-sitter';
import type { SourceFile } from '../../domain/source.ts';
import { blankUnknownParts } from './grammar-gaps.ts';
import { NodeKinds } from './node-kinds.ts';
import { copyTree, type SyntaxTree } from './syntax-tree.ts';

export interface SyntaxError {
  /** 1-based. */
  line: number;
  message: string;
}

export interface ParsedFile {
  tree: SyntaxTree;
  error: SyntaxError | null;
}

export interface Parsers {
  parse(file: SourceFile): ParsedFile;
}

const grammarFiles = {
  python: import.meta.resolve('tree-sitter-python/tree-sitter-python.wasm'),
  typescript: import.meta.resolve('tree-sitter-typescript/tree-sitter-typescript.wasm'),
  // Reads JavaScript too, and more of it than the grammar of its own: one vocabulary of nodes.
  tsx: import.meta.resolve('tree-sitter-typescript/tree-sitter-tsx.wasm'),
};

/** Loads WebAssembly and grammars (about 20 ms); do it once per process. */
export async function loadParsers(): Promise<Parsers> {
  await Parser.init();
  const [python, typescript, tsx] = await Promise.all([
    loadParser(grammarFiles.python),
    loadParser(grammarFiles.typescript),
    loadParser(grammarFiles.tsx),
  ]);
  return {
    parse(file) {
      if (file.language === 'python') return python(file.text);
      return /\.[mc]?ts$/.test(file.path) ? typescript(file.text) : tsx(file.text);
    },
  };
}

async function loadParser(grammarFile: string): Promise<(text: string) => ParsedFile> {
  const grammar = await Grammar.load(fileURLToPath(grammarFile));
  const kinds = new NodeKinds(grammar);
  const parser = new Parser();
  parser.setLanguage(grammar);
  const parseAs = (readable: string, text: string): ParsedFile => {
    const tree = parser.parse(readable);
    // Only a parser without a language or a cancelled one has no tree.
    if (tree === null) throw new Error(`No tree from ${grammarFile}`);
    try {
      return { tree: copyTree(tree, kinds, text), error: firstError(tree.rootNode) };
    } finally {
      tree.delete();
    }
  };
  return (text) => {
    const parsed = parseAs(text, text);
    if (parsed.error === null || grammarFile === grammarFiles.python) return parsed;
    const readable = blankUnknownParts(text);
    return readable === text ? parsed : parseAs(readable, text);
  };
}

/** Follows the first erroneous child down to where the parser had to skip or to invent something. */
function firstError(root: Node): SyntaxError | null {
  if (!root.hasError) return null;
  let node = root;
  for (;;) {
    const line = node.startPosition.row + 1;
    if (node.isMissing) return { line, message: `Expected "${node.type}".` };
    if (node.isError) return { line, message: 'Cannot be parsed from here on.' };
    const broken = node.children.find((child) => child.hasError || child.isMissing);
    if (broken === undefined) return { line, message: 'Cannot be parsed from here on.' };
    node = broken;
  }
}
