import { calleeOf } from './call-facts.ts';
import { dottedName, unwrap } from './dotted-name.ts';
import type { FunctionScopes } from './function-unit.ts';
import { type ImportBindings, resolveName } from './import-bindings.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** A name that is given a value, in whichever syntax: `const x = f()`, `with f() as x`. */
export interface Binding {
  /** As the code refers to it: `session`, `this.db`. */
  name: string;
  value: SyntaxNode;
}

const callTypes = new Set(['call', 'call_expression', 'new_expression']);
/** Fields of an object are seen from all of its methods. */
const ownFields = /^(?:self|cls|this)\./;
/** `a = b.f(); c = a.g(); …`: longer derivations tell nobody anything. */
const longestDerivation = 4;

/**
 * Which call made the object that a name holds. A derived object names its whole descent:
 * `psycopg2.connect.cursor` for `cur` in `conn = psycopg2.connect(…); cur = conn.cursor()`.
 */
export class Origins {
  private readonly scopes: FunctionScopes;
  private readonly bindings: ImportBindings;
  private readonly made = new Map<string, SyntaxNode>();

  constructor(found: Iterable<Binding>, scopes: FunctionScopes, bindings: ImportBindings) {
    this.scopes = scopes;
    this.bindings = bindings;
    for (const { name, value } of found) {
      const call = unwrap(value);
      const callee = callTypes.has(call.type) ? calleeOf(call) : undefined;
      if (callee !== undefined) this.made.set(this.keyOf(name, value), callee);
    }
  }

  /** Origin of the receiver in this callee: of `session` in `session.post`. Null if unknown. */
  ofCallee(callee: SyntaxNode, derivation = 0): string | null {
    const receiver = callee.child('object');
    if (receiver === undefined || derivation > longestDerivation) return null;
    const object = unwrap(receiver);
    if (callTypes.has(object.type)) {
      const inner = calleeOf(object);
      return inner === undefined ? null : this.originOf(inner, derivation);
    }
    const maker = this.makerOf(dottedName(object), callee);
    return maker === undefined ? null : this.originOf(maker, derivation);
  }

  private originOf(callee: SyntaxNode, derivation: number): string {
    const name = dottedName(callee);
    const origin = this.ofCallee(callee, derivation + 1);
    const method = name.slice(name.lastIndexOf('.') + 1);
    return origin === null ? resolveName(name, this.bindings) : `${origin}.${method}`;
  }

  /** The longest part of the name that is known: of `this.db.pool` maybe `this.db`. */
  private makerOf(receiver: string, place: SyntaxNode): SyntaxNode | undefined {
    let name = receiver;
    while (name !== '' && name !== 'self' && name !== 'this') {
      const maker = this.lookUp(name, place);
      if (maker !== undefined) return maker;
      name = name.slice(0, Math.max(0, name.lastIndexOf('.')));
    }
    return undefined;
  }

  /** From the function outwards to the module. */
  private lookUp(name: string, place: SyntaxNode): SyntaxNode | undefined {
    if (ownFields.test(name)) return this.made.get(name);
    for (let unit = this.scopes.around(place); unit !== undefined;) {
      const maker = this.made.get(`${unit.node.index} ${name}`);
      if (maker !== undefined) return maker;
      unit = this.scopes.around(unit.node);
    }
    return this.made.get(` ${name}`);
  }

  private keyOf(name: string, place: SyntaxNode): string {
    if (ownFields.test(name)) return name;
    return `${this.scopes.around(place)?.node.index ?? ''} ${name}`;
  }
}
