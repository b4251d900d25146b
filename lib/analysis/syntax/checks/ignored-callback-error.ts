import { dottedName } from '../dotted-name.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { type CheckHit, hitIn } from './check.ts';

const errorName = /^(?:err|error)$/;

/** `readFile(path, (err, data) => use(data))`: callbacks of Node that never look at their error. */
export function checkIgnoredCallbackError(syntax: FileSyntax): CheckHit[] {
  const { tree, scopes } = syntax;
  return tree.ofTypes(['arrow_function', 'function_expression']).flatMap((callback) => {
    const call = callback.parent?.parent;
    const body = callback.child('body');
    if (call?.type !== 'call_expression' || body === undefined || body.children.length === 0) {
      return [];
    }
    const error = errorParameter(callback);
    const isLast = callback.parent?.children.at(-1) === callback;
    if (error === undefined || !isLast) return [];
    if (tree.inside(body).some((node) => mentions(node, error.text))) return [];
    const callee = call.child('function');
    const called = callee === undefined ? '…' : dottedName(callee);
    return [
      hitIn(scopes.around(call), {
        rule: 'swallowed-error',
        severity: 'medium',
        line: callback.line,
        message: `The callback of \`${called}\` never looks at \`${error.text}\`.`,
      }),
    ];
  });
}

/** The first of at least two: an error alone is what the callback is for. */
function errorParameter(callback: SyntaxNode): SyntaxNode | undefined {
  const parameters = callback.child('parameters')?.children ?? [];
  const first = parameters[0]?.child('pattern');
  return parameters.length > 1 && errorName.test(first?.text ?? '') ? first : undefined;
}

function mentions(node: SyntaxNode, name: string): boolean {
  return node.type.endsWith('identifier') && node.text === name;
}
