import type { DefinitionFact, FileFacts } from '../facts.ts';
import type { OutsideImport } from '../modules/resolved-imports.ts';
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
  /**
   * Some class above may call anything: a library's, one outside the component, one that looks
   * names up.
   */
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

  /**
   * @param outside imports that lead out of the source: a base taken from there is no class of
   * ours
   */
  constructor(facts: readonly FileFacts[], outside: readonly OutsideImport[]) {
    const importsOf = Map.groupBy(outside, ({ from }) => from);
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
      const foreign = boundNames(importsOf.get(file.path) ?? []);
      for (const definition of file.definitions) {
        if (definition.kind === 'class') this.#addClass(definition, foreign, isReadable);
        else if (definition.kind === 'method') this.#addMethod(definition);
      }
    }
  }

  /** Bases of the class, or of all classes of this name; undefined when there is none. */
  basesOf(name: string): string[] | undefined {
    return this.#classes.get(name)?.flatMap(({ bases }) => bases);
  }

  /** What stands above a class with these bases, as `basesOf` names them. */
  above(bases: readonly string[]): Ancestry {
    const methods = new Set<string>();
    const seen = new Set<string>();
    const open = [...bases];
    let unknown = false;
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (seen.has(name) || inertBases.has(name)) continue;
      seen.add(name);
      const classes = this.#classes.get(name);
      if (!classes || classes.some(({ isReadable }) => !isReadable)) unknown = true;
      for (const method of this.#methods.get(name) ?? []) methods.add(method);
      for (const one of classes ?? []) open.push(...one.bases);
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
      open.push(...(this.basesOf(name) ?? []));
    }
    return found;
  }

  names(): IterableIterator<string> {
    return this.#classes.keys();
  }

  #addClass(definition: DefinitionFact, foreign: ReadonlySet<string>, isReadable: boolean): void {
    const bases = definition.bases.map((base) => baseName(base, foreign));
    const known = this.#classes.get(definition.name);
    if (known) known.push({ bases, isReadable });
    else this.#classes.set(definition.name, [{ bases, isReadable }]);
  }

  #addMethod({ name, qualifiedName }: DefinitionFact): void {
    const owner = ownerOf(qualifiedName);
    const known = this.#methods.get(owner);
    if (known) known.push(name);
    else this.#methods.set(owner, [name]);
  }
}

function boundNames(imports: readonly OutsideImport[]): Set<string> {
  return new Set(imports.flatMap(({ statement }) => statement.names.map(({ local }) => local)));
}

/** Name of the class that a method stands in. */
export function ownerOf(qualifiedName: string): string {
  return qualifiedName.split('.').at(-2) ?? '';
}

/**
 * `models.Model[T]` → `Model`; of another's library with its module, so that it is not taken for
 * a class of the source that bears the same name.
 */
function baseName(base: string, foreign: ReadonlySet<string>): string {
  const dotted = base.replace(/[[<(].*$/s, '').trim();
  const [root = dotted] = dotted.split('.');
  const name = dotted.split('.').at(-1) ?? dotted;
  return foreign.has(root) && !inertBases.has(name) ? `outside ${dotted}` : name;
}
