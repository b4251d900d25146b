import type { FileSyntax } from '../file-syntax.ts';
import { computedParts, valueBehind } from '../local-values.ts';
import { methodOf, type ResolvedCall, resolvedCalls } from '../resolved-calls.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { type CheckHit, hitIn } from './check.ts';

const fileAccess =
  /^(?:fs(?:\.promises|\/promises)?|fs-extra)\.(?:read|write|append|create|open|unlink|rm|copy)/;
const fileAnswer = /^(?:res|response|reply|ctx|context)\.(?:sendFile|download)$/;
/** What the sender of a request chooses freely, as the common frameworks name it. */
const requests = String.raw`req|request|(?:ctx|context)(?:\.req(?:uest)?)?|event`;
const chosenParts = 'query|params|body|headers|queryStringParameters|pathParameters';
const fromRequest = new RegExp(String.raw`^(?:${requests})\.(?:${chosenParts})\b`);
/** The last part of a path cannot lead out of its folder. */
const tamed = /\b(?:basename|sanitize\w*)\(/;

/** Files whose path TypeScript or JavaScript takes from a request as it comes. */
export function checkPathTraversal(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const chosen = chosenByRequest(syntax, call);
    if (chosen === undefined) return [];
    return [
      hitIn(syntax.scopes.around(call.node), {
        rule: 'path-traversal',
        line: call.node.line,
        message: `\`${chosen.text}\` becomes part of the path that \`${methodOf(call.name)}\` opens.`,
      }),
    ];
  });
}

function chosenByRequest(syntax: FileSyntax, call: ResolvedCall): SyntaxNode | undefined {
  const [path] = call.arguments;
  if (path === undefined || (!fileAccess.test(call.name) && !fileAnswer.test(call.name))) {
    return undefined;
  }
  const value = valueBehind(syntax, path);
  if (tamed.test(value.text)) return undefined;
  return pathParts(value)
    .map((part) => valueBehind(syntax, part))
    .find((part) => fromRequest.test(part.text));
}

/** Of `join('uploads', name)` the arguments, of a built text its computed parts. */
function pathParts(path: SyntaxNode): SyntaxNode[] {
  const list = path.child('arguments');
  return list === undefined ? computedParts(path) : list.children.flatMap(computedParts);
}
