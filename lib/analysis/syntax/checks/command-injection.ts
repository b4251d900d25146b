import type { FileSyntax } from '../file-syntax.ts';
import { isBuiltText, valueBehind } from '../local-values.ts';
import { methodOf, type ResolvedCall, resolvedCalls } from '../resolved-calls.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { type CheckHit, hitIn } from './check.ts';
import { injectedParts } from './injected-parts.ts';

/** These hand their text to a shell. */
const shells = new Set([
  'child_process.exec',
  'child_process.execSync',
  'shelljs.exec',
  'execa.execaCommand',
  'execa.execaCommandSync',
]);
/** `promisify(exec)` under the names that people give it. */
const promised = /^(?:exec|execAsync|execPromise|execP|asyncExec)$/;
/** These do so when they are asked to. */
const optionalShells = /^child_process\.(?:spawn|spawnSync|execFile|execFileSync)$/;

/** Shell commands that TypeScript or JavaScript puts together from strings. */
export function checkCommandInjection(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const injected = injectedInto(syntax, call);
    if (injected === undefined) return [];
    const shown = injected.text.slice(0, 60);
    return [
      hitIn(syntax.scopes.around(call.node), {
        rule: 'command-injection',
        line: call.node.line,
        message: `\`${shown}\` becomes part of the shell command of \`${methodOf(call.name)}\`.`,
      }),
    ];
  });
}

function injectedInto(syntax: FileSyntax, call: ResolvedCall): SyntaxNode | undefined {
  const [command, list] = call.arguments;
  if (command === undefined || call.isTagged) return undefined;
  if (shells.has(call.name) || isPromisedExec(syntax, call)) return injectedText(syntax, command);
  if (!optionalShells.test(call.name) || !asksForShell(call)) return undefined;
  if (list?.type !== 'array') return injectedText(syntax, command);
  const listed = list.children.find((item) => item.type !== 'string' && item.type !== 'comment');
  return injectedText(syntax, command) ?? listed;
}

function injectedText(syntax: FileSyntax, command: SyntaxNode): SyntaxNode | undefined {
  const text = valueBehind(syntax, command);
  return isBuiltText(text) ? injectedParts(syntax, text)[0] : undefined;
}

function isPromisedExec(syntax: FileSyntax, call: ResolvedCall): boolean {
  const callee = call.node.child('function');
  if (callee === undefined || !promised.test(call.name)) return false;
  return /promisify\(.*\bexec\b/.test(valueBehind(syntax, callee).text);
}

function asksForShell(call: ResolvedCall): boolean {
  return call.arguments.some(
    (argument) => argument.type === 'object' && /\bshell\s*:(?!\s*false\b)/.test(argument.text),
  );
}
