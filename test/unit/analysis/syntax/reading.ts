import type { FileFacts } from '../../../../lib/analysis/facts.ts';
import {
  createSyntaxReader,
  type SyntaxReading,
} from '../../../../lib/analysis/syntax/syntax-reader.ts';
import { sourceFile } from '../../../builders/source-file.ts';

const reader = await createSyntaxReader();

export function readPython(text: string, path = 'app/module.py'): SyntaxReading {
  return reader.read(sourceFile(path, text));
}

export function readTypescript(text: string, path = 'src/module.ts'): SyntaxReading {
  return reader.read(sourceFile(path, text));
}

/** Reads a file that only references into the component. */
export function readReference(path: string, text: string): SyntaxReading {
  return reader.read(sourceFile(path, text, false));
}

export function pythonFacts(text: string): FileFacts {
  return readPython(text).facts;
}

export function typescriptFacts(text: string): FileFacts {
  return readTypescript(text).facts;
}

/** Lines that a rule hits in Python. */
export function pythonLines(rule: string, ...lines: string[]): number[] {
  return linesOf(rule, readPython(lines.join('\n')));
}

/** Lines that a rule hits in TypeScript. */
export function typescriptLines(rule: string, ...lines: string[]): number[] {
  return linesOf(rule, readTypescript(lines.join('\n')));
}

function linesOf(rule: string, { hits }: SyntaxReading): number[] {
  const lines = hits.filter((hit) => hit.rule === rule).map((hit) => hit.line);
  return lines.toSorted((a, b) => a - b);
}
