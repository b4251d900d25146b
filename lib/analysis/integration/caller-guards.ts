import type { CallFact, FileFacts } from '../facts.ts';

/** Callers of callers that are asked; further away nobody knows any more what failed. */
const depth = 3;

/** Decorators that try again or turn errors into something else: `tenacity.retry`. */
const catching = /retry|on_exception|circuit|suppress|(handle|catch)_?\w*(error|exception)/i;

/** Who calls a function, and with what error handling around. Functions are told by name alone. */
export class CallerGuards {
  readonly #callsOf = new Map<string, CallFact[]>();
  /** Functions whose decorator catches for them. */
  readonly #decorated = new Set<string>();

  constructor(facts: readonly FileFacts[]) {
    for (const { calls, definitions } of facts) {
      for (const { name, decorators } of definitions) {
        if (decorators.some((decorator) => catching.test(decorator))) this.#decorated.add(name);
      }
      for (const call of calls) {
        const name = lastName(call.callee);
        const known = this.#callsOf.get(name);
        if (known) known.push(call);
        else this.#callsOf.set(name, [call]);
      }
    }
  }

  /**
   * What becomes of an error of this call: `handled` here or by a caller, `unhandled` up to where
   * the program starts, or `unknown` where the callers that the component shows do not reach that
   * far.
   */
  fateOf(call: CallFact): 'handled' | 'unhandled' | 'unknown' {
    const seen = new Set<string>();
    let reachesStart = false;
    let level = [call];
    for (let step = 0; step <= depth && level.length > 0; step += 1) {
      if (level.some((one) => this.#isGuarded(one))) return 'handled';
      reachesStart ||= level.some(({ enclosing }) => isStart(enclosing));
      const functions = new Set(level.flatMap(({ enclosing }) => enclosing ?? []).map(lastName));
      const next = [...functions].filter((name) => !seen.has(name));
      for (const name of next) seen.add(name);
      level = next.flatMap((name) => this.#callsOf.get(name) ?? []);
    }
    return reachesStart ? 'unhandled' : 'unknown';
  }

  #isGuarded({ guarded, enclosing }: CallFact): boolean {
    return guarded !== 'no' || (enclosing !== null && this.#decorated.has(lastName(enclosing)));
  }
}

/** The module's own level, or the function that a runtime calls. */
function isStart(enclosing: string | null): boolean {
  return enclosing === null || /^(main|handler|lambda_handler)$/.test(enclosing);
}

function lastName(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
