import type { Language, SourceFile } from '../../lib/domain/source.ts';

/** A file of the component; its language follows from the path. */
export function sourceFile(path: string, text: string, inComponent = true): SourceFile {
  return { path, language: languageOf(path), text, inComponent };
}

function languageOf(path: string): Language {
  if (path.endsWith('.py')) return 'python';
  return /\.[cm]?tsx?$/.test(path) ? 'typescript' : 'javascript';
}
