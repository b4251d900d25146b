import type { FileSyntax } from '../file-syntax.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { type CheckHit, hitIn } from './check.ts';

const jumps = new Set([
  'return_statement',
  'raise_statement',
  'continue_statement',
  'break_statement',
]);

/** Python statements after a jump in the same block; oxlint reports those of TypeScript. */
export function checkUnreachableCode(syntax: FileSyntax): CheckHit[] {
  return syntax.tree.ofTypes(jumps).flatMap((jump) => {
    const next = nextStatement(jump);
    if (next === undefined || isHarmless(next)) return [];
    return [
      hitIn(syntax.scopes.around(next), {
        rule: 'unreachable-code',
        line: next.line,
        message: `Nothing after the \`${jump.text.split(/\s/)[0]}\` in line ${jump.line} is reached.`,
      }),
    ];
  });
}

function nextStatement(jump: SyntaxNode): SyntaxNode | undefined {
  if (jump.parent?.type !== 'block') return undefined;
  const { children } = jump.parent;
  const after = children.slice(children.indexOf(jump) + 1);
  return after.find((node) => node.type !== 'comment');
}

/** A lone `yield` makes an empty generator, and a lone string is a comment. */
function isHarmless(statement: SyntaxNode): boolean {
  const [first] = statement.children;
  return first?.type === 'yield' || first?.type === 'string';
}
