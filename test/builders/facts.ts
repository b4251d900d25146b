import type {
  CallFact,
  DefinitionFact,
  ExportFact,
  FileFacts,
  ImportFact,
} from '../../lib/analysis/facts.ts';
import type { Language } from '../../lib/domain/source.ts';

/** Facts of an empty file in the component; the language follows from the path. */
export function buildFacts(path: string, overrides: Partial<FileFacts> = {}): FileFacts {
  return {
    path,
    language: languageOf(path),
    inComponent: true,
    bytes: 100,
    lines: 10,
    codeLines: 8,
    syntaxError: null,
    documented: true,
    imports: [],
    definitions: [],
    exports: [],
    identifiers: {},
    stringWords: [],
    calls: [],
    environment: [],
    ...overrides,
  };
}

/** `import specifier`, taking the module itself unless `names` are given. */
export function buildImport(
  specifier: string,
  { names = ['*'], ...overrides }: Partial<Omit<ImportFact, 'names'>> & { names?: string[] } = {},
): ImportFact {
  return {
    specifier,
    names: names.map((name) => ({ name, local: name })),
    line: 1,
    kind: 'static',
    deferred: false,
    ...overrides,
  };
}

/** A documented, private function at top level. */
export function buildDefinition(
  name: string,
  overrides: Partial<DefinitionFact> = {},
): DefinitionFact {
  return {
    name,
    qualifiedName: name,
    kind: 'function',
    line: 1,
    endLine: 5,
    topLevel: true,
    exported: false,
    decorators: [],
    bases: [],
    documented: true,
    parameters: [],
    complexity: 1,
    nesting: 0,
    stub: false,
    ...overrides,
  };
}

export function buildExport(name: string, overrides: Partial<ExportFact> = {}): ExportFact {
  return { name, local: name, from: null, line: 1, ...overrides };
}

/** A call in no function, caught by nobody, without arguments. */
export function buildCall(callee: string, overrides: Partial<CallFact> = {}): CallFact {
  return {
    callee,
    receiverOrigin: null,
    line: 1,
    enclosing: null,
    guarded: 'no',
    literal: null,
    options: [],
    ...overrides,
  };
}

function languageOf(path: string): Language {
  if (/\.pyi?$/.test(path)) return 'python';
  return /tsx?$/.test(path) ? 'typescript' : 'javascript';
}
