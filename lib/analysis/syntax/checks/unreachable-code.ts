import type { FileSyntax } from '../file-syntax.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { type CheckHit, hitIn } from './check.ts';

const jumps = new Set([
  'return_statement',
  'raise_statement',
  'continue_statement',
  'break_statement',
]);
const exits = /^(?:sys\.exit|os\._exit|os\.abort)\(/;
/** Deeper than this nobody reads an `if` to its end. */
const deepestBranch = 8;

/** Python statements that nothing leads to; oxlint reports those of TypeScript. */
export function checkUnreachableCode(syntax: FileSyntax): CheckHit[] {
  return syntax.tree.ofType('block').flatMap((block) => {
    const statements = statementsOf(block);
    const position = statements.findIndex((statement) => endsFlow(statement));
    const last = statements[position];
    const next = statements[position + 1];
    if (last === undefined || next === undefined || isHarmless(next)) return [];
    const end = last.text.split(/[\s(:]/)[0];
    const message = `Nothing after the \`${end}\` in line ${last.line} is reached.`;
    const { line } = next;
    return [hitIn(syntax.scopes.around(next), { rule: 'unreachable-code', line, message })];
  });
}

/** A jump, the end of the process, or an `if` whose branches all end so. */
function endsFlow(statement: SyntaxNode, depth = 0): boolean {
  if (jumps.has(statement.type)) return true;
  if (statement.type === 'expression_statement') return exits.test(statement.text);
  if (statement.type !== 'if_statement' || depth > deepestBranch) return false;
  const branches = statement.childrenIn('alternative');
  if (branches.at(-1)?.type !== 'else_clause') return false;
  const blocks = [statement.child('consequence'), ...branches.map(blockOf)];
  return blocks.every((block) => statementsOf(block).some((inner) => endsFlow(inner, depth + 1)));
}

function blockOf(clause: SyntaxNode): SyntaxNode | undefined {
  return clause.child('consequence') ?? clause.child('body');
}

function statementsOf(block: SyntaxNode | undefined): SyntaxNode[] {
  return (block?.children ?? []).filter((child) => child.type !== 'comment');
}

/** A lone `yield` makes an empty generator, and a lone string is a comment. */
function isHarmless(statement: SyntaxNode): boolean {
  const [first] = statement.children;
  return first?.type === 'yield' || first?.type === 'string';
}
