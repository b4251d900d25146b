import type { FileSyntax } from '../file-syntax.ts';
import { resolvedCalls } from '../resolved-calls.ts';
import { type CheckHit, hitIn } from './check.ts';

/** `JSON.parse(JSON.stringify(value))`. */
export function checkJsonClone(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const [inner, reviver] = call.arguments;
    if (call.name !== 'JSON.parse' || reviver !== undefined) return [];
    if (inner?.child('function')?.text !== 'JSON.stringify') return [];
    return [
      hitIn(syntax.scopes.around(call.node), {
        rule: 'json-clone',
        line: call.node.line,
        message: 'A copy by way of JSON loses dates, maps and undefined, and costs two passes.',
      }),
    ];
  });
}
