import type { SourceFile } from '../domain/source.ts';
import type { FileFacts } from './facts.ts';

/**
 * Facts of a file that could not be analysed. Every word of it counts as an identifier, so that nothing it
 * may use is taken for unused.
 */
export function emptyFacts(file: SourceFile, message: string): FileFacts {
  const { path, language, inComponent, text } = file;
  const words = Map.groupBy(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [], (word) => word);
  return {
    path,
    language,
    inComponent,
    bytes: Buffer.byteLength(text),
    lines: text.split('\n').length,
    codeLines: 0,
    syntaxError: { line: 1, message },
    documented: false,
    imports: [],
    definitions: [],
    exports: [],
    identifiers: Object.fromEntries([...words].map(([word, found]) => [word, found.length])),
    stringWords: [],
    calls: [],
    environment: [],
  };
}
