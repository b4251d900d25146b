import type { DefinitionFact, FileFacts } from '../facts.ts';
import { usesLookups } from './reference-index.ts';

/** Bases that call nothing on their subclasses that those did not write down for themselves. */
const inertBases = new Set([
  'object',
  'ABC',
  'Generic',
  'NamedTuple',
  'TypedDict',
  'Enum',
  'IntEnum',
  'StrEnum',
  'Flag',
  'IntFlag',
  'Error',
  'EvalError',
  'RangeError',
  'TypeError',
  'BaseException',
  'Exception',
  'ArithmeticError',
  'AssertionError',
  'AttributeError',
  'ImportError',
  'IndexError',
  'IOError',
  'KeyError',
  'LookupError',
  'NotImplementedError',
  'OSError',
  'PermissionError',
  'FileNotFoundError',
  'ConnectionError',
  'TimeoutError',
  'RuntimeError',
  'StopIteration',
  'UserWarning',
  'DeprecationWarning',
  'Warning',
  'ValueError',
]);

/** Hooks by which a class learns of its subclasses; a metaclass (a subclass of `type`) does too. */
const registration = ['__subclasses__', '__init_subclass__'];

export interface Ancestry {
  /** Some class above may call anything: a library's, one outside the component, one that looks names up. */
  unknown: boolean;
  /** Names of methods that the classes above define. */
  methods: ReadonlySet<string>;
}

/** Classes of the source by name, with what their bases bring along. */
export class ClassHierarchy {
  /** Subclasses may be found without being named. */
  readonly registersSubclasses: boolean;
  readonly #classes = new Map<string, { bases: string[]; isReadable: boolean }[]>();
  readonly #methods = new Map<string, string[]>();

  constructor(facts: readonly FileFacts[]) {
    this.registersSubclasses = facts.some(
      ({ identifiers, definitions }) =>
        registration.some((name) => Object.hasOwn(identifiers, name)) ||
        definitions.some(
          ({ name, bases }) => registration.includes(name) || bases.includes('type'),
        ),
    );
    for (const file of facts) {
      // Outside the component only top-level definitions are known, hence no methods.
      const isReadable = file.inComponent && !(file.language === 'python' && usesLookups(file));
      for (const definition of file.definitions) this.#add(definition, isReadable);
    }
  }

  /** Bases of the class, or of all classes of this name; undefined when there is none. */
  basesOf(name: string): string[] | undefined {
    return this.#classes.get(name)?.flatMap(({ bases }) => bases);
  }

  /** What stands above a class with these bases, as written. */
  above(bases: readonly string[]): Ancestry {
    const methods = new Set<string>();
    const seen = new Set<string>();
    const open = bases.map(plainName);
    let unknown = false;
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (seen.has(name) || inertBases.has(name)) continue;
      seen.add(name);
      const classes = this.#classes.get(name);
      if (!classes || classes.some(({ isReadable }) => !isReadable)) unknown = true;
      for (const method of this.#methods.get(name) ?? []) methods.add(method);
      for (const one of classes ?? []) open.push(...one.bases.map(plainName));
    }
    return { unknown, methods };
  }

  /** These classes and all above them, as far as the source has them. */
  withAncestors(names: Iterable<string>): Set<string> {
    const found = new Set<string>();
    const open = [...names];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      open.push(...(this.basesOf(name) ?? []).map(plainName));
    }
    return found;
  }

  names(): IterableIterator<string> {
    return this.#classes.keys();
  }

  #add(definition: DefinitionFact, isReadable: boolean): void {
    const { kind, name, qualifiedName, bases } = definition;
    if (kind === 'class') {
      const known = this.#classes.get(name) ?? [];
      this.#classes.set(name, [...known, { bases, isReadable }]);
    } else if (kind === 'method') {
      const owner = ownerOf(qualifiedName);
      const known = this.#methods.get(owner);
      if (known) known.push(name);
      else this.#methods.set(owner, [name]);
    }
  }
}

/** Name of the class that a method stands in. */
export function ownerOf(qualifiedName: string): string {
  return qualifiedName.split('.').at(-2) ?? '';
}

/** `models.Model[T]` → `Model`. */
function plainName(base: string): string {
  return (
    base
      .replace(/[[<(].*$/s, '')
      .split('.')
      .at(-1)
      ?.trim() ?? base
  );
}
