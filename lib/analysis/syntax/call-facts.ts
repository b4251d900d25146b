import type { CallFact } from '../facts.ts';
import { dottedName } from './dotted-name.ts';
import type { FunctionScopes } from './function-unit.ts';
import { type ImportBindings, resolveName } from './import-bindings.ts';
import type { Origins } from './receiver-origins.ts';
import { literalText } from './string-literal.ts';
import type { SyntaxNode } from './syntax-node.ts';

export type Guarded = CallFact['guarded'];

/** What a language has to say about a call beyond its name and arguments. */
export interface CallReading {
  scopes: FunctionScopes;
  bindings: ImportBindings;
  origins: Origins;
  /** What happens when this node throws. */
  guardOf(node: SyntaxNode): Guarded;
  /** Names of keyword arguments, or of properties of an object argument. */
  optionsOf(argumentList: SyntaxNode): string[];
}

/** The called expression: of `f(x)`, `new F(x)`. */
export function calleeOf(call: SyntaxNode): SyntaxNode | undefined {
  return call.child('function') ?? call.child('constructor');
}

/** The arguments in order, comments left out; of a tagged template the template. */
export function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  const list = call.child('arguments');
  if (list?.type === 'template_string') return [list];
  return list?.children.filter((argument) => argument.type !== 'comment') ?? [];
}

export function collectCalls(calls: readonly SyntaxNode[], reading: CallReading): CallFact[] {
  return calls.flatMap((call) => {
    const callee = calleeOf(call);
    if (callee === undefined) return [];
    const list = call.child('arguments');
    return [
      {
        callee: resolveName(dottedName(callee), reading.bindings),
        receiverOrigin: reading.origins.ofCallee(callee),
        line: call.line,
        enclosing: reading.scopes.nameAround(call),
        guarded: reading.guardOf(call),
        literal: literalText(argumentsOf(call)[0]),
        options: list === undefined ? [] : reading.optionsOf(list),
      },
    ];
  });
}
