import { languageOf } from '../../domain/source-classes.ts';
import type { Hit } from '../rule.ts';

const isError = ({ rule }: Hit): boolean => rule === 'syntax-error';

/**
 * Syntax errors of TypeScript and JavaScript that two parsers agree on: the grammar of the syntax reader
 * is behind the language, and the one of oxlint reads dialects that the reader takes too.
 * @param read hits of the syntax reader and of others
 * @param linted hits of oxlint
 */
export function withConfirmedSyntaxErrors(read: readonly Hit[], linted: readonly Hit[]): Hit[] {
  const unreadable = new Set(linted.filter(isError).map(({ path }) => path));
  const confirmed = read.filter(
    (hit) => !isError(hit) || languageOf(hit.path) === 'python' || unreadable.has(hit.path),
  );
  return [...confirmed, ...linted.filter((hit) => !isError(hit))];
}
