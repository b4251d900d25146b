import type { CallFact, FileFacts } from '../facts.ts';

/** Callers of callers that are asked; further away nobody knows any more what failed. */
const depth = 3;

/** Who calls a function, and with what error handling around. Functions are told by name alone. */
export class CallerGuards {
  readonly #callsOf = new Map<string, CallFact[]>();

  constructor(facts: readonly FileFacts[]) {
    for (const { calls } of facts) {
      for (const call of calls) {
        const name = lastName(call.callee);
        const known = this.#callsOf.get(name);
        if (known) known.push(call);
        else this.#callsOf.set(name, [call]);
      }
    }
  }

  /**
   * What becomes of an error of this call: caught by a caller (`handled`), by none of the known ones
   * (`unhandled`), or left to callers that the component does not show.
   */
  fateOf(call: CallFact): 'handled' | 'unhandled' | 'unknown' {
    if (call.guarded !== 'no') return 'handled';
    if (call.enclosing === null) return 'unhandled';
    const seen = new Set<string>();
    let level = [lastName(call.enclosing)];
    let hasCallers = false;
    for (let step = 0; step < depth && level.length > 0; step += 1) {
      const callers = level.flatMap((name) => this.#callsOf.get(name) ?? []);
      if (callers.some(({ guarded }) => guarded !== 'no')) return 'handled';
      hasCallers ||= callers.length > 0;
      for (const name of level) seen.add(name);
      level = [
        ...new Set(
          callers.flatMap(({ enclosing }) => (enclosing === null ? [] : [lastName(enclosing)])),
        ),
      ].filter((name) => !seen.has(name));
    }
    return hasCallers ? 'unhandled' : 'unknown';
  }
}

function lastName(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
