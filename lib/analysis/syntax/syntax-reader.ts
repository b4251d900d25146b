import type { SourceFile } from '../../domain/source.ts';
import type { FileFacts } from '../facts.ts';
import type { Hit } from '../rule.ts';
import { runChecks } from './checks/run-checks.ts';
import { readEcmascript } from './ecmascript/ecmascript-syntax.ts';
import type { FileSyntax } from './file-syntax.ts';
import { loadParsers, type ParsedFile, type SyntaxError } from './parsers.ts';
import { readPython } from './python/python-syntax.ts';
import { countCodeLines } from './source-lines.ts';

export interface SyntaxReading {
  facts: FileFacts;
  /** Empty for files outside the component. */
  hits: Hit[];
}

export interface SyntaxReader {
  /** Reads one file; broken syntax gives the facts that could be read, never an error. */
  read(file: SourceFile): SyntaxReading;
}

/** Loads the parsers (some 20 ms); keep one reader per process or worker. */
export async function createSyntaxReader(): Promise<SyntaxReader> {
  const parsers = await loadParsers();
  return { read: (file) => readFile(file, parsers.parse(file)) };
}

function readFile(file: SourceFile, { tree, error }: ParsedFile): SyntaxReading {
  const read = file.language === 'python' ? readPython : readEcmascript;
  const syntax = read(file, tree);
  return {
    facts: {
      path: file.path,
      language: file.language,
      inComponent: file.inComponent,
      bytes: Buffer.byteLength(file.text),
      lines: tree.lines.count,
      codeLines: countCodeLines(tree),
      syntaxError: error,
      ...syntax.facts,
    },
    hits: file.inComponent ? hitsOf(syntax, error) : [],
  };
}

/** A tree that had to be mended would mislead the checks: the error is all there is to say. */
function hitsOf(syntax: FileSyntax, error: SyntaxError | null): Hit[] {
  if (error === null) return runChecks(syntax);
  const { line, message } = error;
  return [{ rule: 'syntax-error', path: syntax.file.path, line, message }];
}
