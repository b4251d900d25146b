import { languageOf } from '../../domain/source-classes.ts';
import type { Hit } from '../rule.ts';
import type { LintReport } from './oxlint.ts';

const isError = ({ rule }: Hit): boolean => rule === 'syntax-error';

/**
 * Syntax errors of TypeScript and JavaScript that two parsers agree on: the grammar of the syntax reader
 * is behind the language, and the one of oxlint reads dialects that the reader takes too. A file that
 * crashes one of them has an error in any case.
 * @param read hits of the syntax reader and of others
 * @param linted what oxlint reports, and the errors of files that the syntax reader had to leave out
 */
export function withConfirmedSyntaxErrors(
  read: readonly Hit[],
  linted: LintReport & { leftOut?: readonly Hit[] },
): Hit[] {
  const { leftOut = [] } = linted;
  const unreadable = new Set(linted.hits.filter(isError).map(({ path }) => path));
  for (const path of linted.unlintable) unreadable.add(path);
  const confirmed = read.filter(
    (hit) => !isError(hit) || languageOf(hit.path) === 'python' || unreadable.has(hit.path),
  );
  const told = new Set([...confirmed.filter(isError), ...leftOut].map(({ path }) => path));
  const untold = linted.unlintable.filter((path) => !told.has(path)).map(tooDeep);
  return [...confirmed, ...linted.hits.filter((hit) => !isError(hit)), ...leftOut, ...untold];
}

function tooDeep(path: string): Hit {
  const message = 'This file could not be linted: it nests too deeply.';
  return { rule: 'syntax-error', path, line: 1, message };
}
