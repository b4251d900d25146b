import type { FileSyntax } from '../file-syntax.ts';
import { loopsAround, namesBoundIn, readsAny } from '../loops.ts';
import { resolvedCalls } from '../resolved-calls.ts';
import { type CheckHit, hitIn } from './check.ts';

/** The same regular expression compiled in every turn of a loop. */
export function checkRegexInLoop(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    if (call.name !== 're.compile' && call.name !== 'RegExp') return [];
    const [loop] = loopsAround(call.node);
    if (loop === undefined || call.arguments.length === 0) return [];
    // Kept in a variable of the outside, it is compiled once.
    if (call.node.parent?.type === 'assignment_expression') return [];
    const bound = namesBoundIn(loop, syntax.tree);
    // A call or a property may well be another text in the next turn.
    const isFixed = call.arguments.every(
      (argument) =>
        /^(?:string|template_string|identifier|attribute)$/.test(argument.type) &&
        !readsAny(syntax.tree, argument, bound),
    );
    if (!isFixed) return [];
    return [
      hitIn(syntax.scopes.around(call.node), {
        rule: 'regex-in-loop',
        line: call.node.line,
        message: 'The same regular expression is compiled in every turn of the loop.',
      }),
    ];
  });
}
