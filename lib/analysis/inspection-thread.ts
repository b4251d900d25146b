/** Runs in a worker thread: what takes processor time and works on one file, or on the text of all. */
import './wasm-tiering.ts';
import type { SourceFile } from '../domain/source.ts';
import type { FileFacts } from './facts.ts';
import { checkConnections } from './integration/connection-checks.ts';
import { findDuplication, type Duplication } from './linters/duplication.ts';
import { createRuff } from './linters/ruff.ts';
import { findSecrets } from './linters/secrets.ts';
import type { Hit } from './rule.ts';
import { createSyntaxReader } from './syntax/syntax-reader.ts';

export interface ThreadInspection {
  facts: FileFacts[];
  hits: Hit[];
  notes: string[];
}

const syntaxReader = createSyntaxReader();
let ruff: ReturnType<typeof createRuff> | undefined;

/** Parses every file, and lints those of the component. */
export async function inspectFiles(files: readonly SourceFile[]): Promise<ThreadInspection> {
  const reader = await syntaxReader;
  const facts: FileFacts[] = [];
  const hits: Hit[] = [];
  const notes: string[] = [];
  for (const file of files) {
    const reading = reader.read(file);
    facts.push(reading.facts);
    if (!file.inComponent) continue;
    hits.push(...reading.hits, ...(await findSecrets(file)));
    hits.push(...checkConnections(file, reading.facts));
    if (file.language === 'python') {
      ruff ??= createRuff();
      const checked = ruff.check(file);
      hits.push(...checked.hits);
      if (checked.note !== null) notes.push(checked.note);
      hits.push(...addSyntaxError(reading.facts, checked.syntaxError));
    }
  }
  return { facts, hits, notes };
}

/** Ruff is stricter than the syntax reader, which takes Python 2 too: the first to see an error tells. */
function addSyntaxError(facts: FileFacts, found: FileFacts['syntaxError']): Hit[] {
  if (found === null || facts.syntaxError !== null) return [];
  facts.syntaxError = found;
  return [{ rule: 'syntax-error', path: facts.path, ...found }];
}

export function inspectDuplication(files: readonly SourceFile[]): Duplication {
  return findDuplication(files);
}
