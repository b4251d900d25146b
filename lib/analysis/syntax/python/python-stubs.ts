import type { SyntaxNode } from '../syntax-node.ts';
import { docstringOf } from './docstring.ts';

/** A body that does nothing yet: a docstring, `pass`, `...`, or `raise NotImplementedError`. */
export function isStubBody(body: SyntaxNode | undefined): boolean {
  if (body === undefined || body.type !== 'block') return false;
  const docstring = docstringOf(body);
  return body.children.every(
    (statement) =>
      statement.type === 'comment' ||
      statement.type === 'pass_statement' ||
      statement.children[0] === docstring ||
      statement.children[0]?.type === 'ellipsis' ||
      /^raise\s+NotImplementedError\b/.test(statement.text),
  );
}
