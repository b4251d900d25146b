import type { SourceFile } from '../../domain/source.ts';
import { tokenise } from './code-tokens.ts';

/** The tokens of all files in one row, as numbers: equal tokens have equal numbers. */
export interface TokenStream {
  ids: Int32Array;
  fileAt(position: number): SourceFile;
  /** 1-based line in the token's file. */
  lineAt(position: number): number;
  /** Share of literals among the words and literals of a run, 0 to 1. */
  literalShare(start: number, length: number): number;
}

export function readTokenStream(files: readonly SourceFile[]): TokenStream {
  const vocabulary = new Map<string, number>();
  const ids: number[] = [];
  const lines: number[] = [];
  const starts: number[] = [];
  for (const [index, file] of files.entries()) {
    starts.push(ids.length);
    const tokens = tokenise(file.text, file.language);
    for (const text of tokens.texts) {
      let id = vocabulary.get(text);
      if (id === undefined) vocabulary.set(text, (id = vocabulary.size + 1));
      ids.push(id);
    }
    for (const line of tokens.lines) lines.push(line);
    // A number that nothing else has: no run goes on into the next file.
    ids.push(-index - 1);
    lines.push(0);
  }

  const kinds = [...vocabulary.keys()].map(kindOf);
  return {
    ids: Int32Array.from(ids),
    fileAt: (position) => at(files, lastNotAbove(starts, position)),
    lineAt: (position) => lines[position] ?? 0,
    literalShare(start, length) {
      const run = ids.slice(start, start + length).map((id) => kinds[id - 1]);
      const literals = run.filter((kind) => kind === 'literal').length;
      const words = run.filter((kind) => kind === 'word').length;
      return literals + words === 0 ? 1 : literals / (literals + words);
    },
  };
}

function kindOf(token: string): 'literal' | 'word' | 'mark' {
  if (/^["'`\d]/.test(token)) return 'literal';
  return /^[\p{L}_$]/u.test(token) ? 'word' : 'mark';
}

/** Index of the last start that is not above the position. */
function lastNotAbove(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

function at(files: readonly SourceFile[], index: number): SourceFile {
  const file = files[index];
  if (file === undefined) throw new RangeError(`No file ${index} of ${files.length}`);
  return file;
}
