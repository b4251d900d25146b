import type { Language } from '../domain/source.ts';

/**
 * What one source file says about itself, read off its syntax tree in one pass. Everything that
 * looks across files (unused symbols, module graph, integration points) works on these facts alone.
 *
 * Files outside the component carry the parts that references need: imports, exports, definitions at top
 * level, identifiers and string words. Their `calls` and `environment` are empty.
 */
export interface FileFacts {
  path: string;
  language: Language;
  inComponent: boolean;
  bytes: number;
  lines: number;
  /** Lines that are neither blank nor only comment. */
  codeLines: number;
  /** Null when the whole file parsed; else the first place that did not. */
  syntaxError: { line: number; message: string } | null;
  /** A docstring or leading block comment describes the file. */
  documented: boolean;
  imports: ImportFact[];
  definitions: DefinitionFact[];
  /** Names that other modules may use: explicit exports; in Python `__all__`, else public top-level names. */
  exports: ExportFact[];
  /**
   * Every identifier with its number of occurrences. Occurrences that define or bind it are not
   * counted, nor those inside import and export statements: `imports` and `exports` tell them.
   */
  identifiers: Record<string, number>;
  /** Identifier-like words inside string literals: possible dynamic references. */
  stringWords: string[];
  calls: CallFact[];
  environment: EnvironmentFact[];
}

export interface ImportFact {
  /** As written: `./graph.ts`, `node:fs`, `requests`, `..models.user` (leading dots of Python kept). */
  specifier: string;
  /**
   * What is taken from it. Empty for a bare `import 'x'`. The module itself is `*`: `import x`,
   * `import * as x`. Local name `*` where all names come in: `from x import *`, `export * from`.
   */
  names: { name: '*' | 'default' | (string & {}); local: string }[];
  line: number;
  /** `export type … from` is type-only too: its re-export stands in `exports`. */
  kind: 'static' | 'dynamic' | 'type-only' | 're-export';
  /** Inside a function, a condition or a try: not needed to load the module. */
  deferred: boolean;
}

export interface ExportFact {
  name: string;
  /** The local name behind it; null for a re-export from `from` and for a value without a name. */
  local: string | null;
  /** Specifier of a re-export. */
  from: string | null;
  line: number;
}

export interface DefinitionFact {
  name: string;
  /** `Class.method` or `outer.inner`; equals `name` at top level. */
  qualifiedName: string;
  kind: 'function' | 'method' | 'class' | 'variable' | 'type';
  line: number;
  endLine: number;
  topLevel: boolean;
  /** Other modules can use it. Of a method: public, in an exported class. */
  exported: boolean;
  /** Dotted names as written, without arguments: `app.route`, `staticmethod`. */
  decorators: string[];
  /** Base classes and implemented interfaces, as written. */
  bases: string[];
  documented: boolean;
  /** Functions and methods only: parameter names in order, without self/cls. */
  parameters: string[];
  /** Functions and methods only: cyclomatic complexity, 1 for straight code. */
  complexity: number;
  /** Deepest nesting of control flow inside, 0 for straight code. */
  nesting: number;
  /** The body is a stub: abstract, overload, protocol, `pass`, `...`, or only throws "not implemented". */
  stub: boolean;
}

export interface CallFact {
  /**
   * Dotted callee with import aliases resolved to the module: `requests.get` for both
   * `import requests as r; r.get(…)` and `from requests import get; get(…)`;
   * `node:fs/promises.readFile`; `fetch` for a global. A receiver that is a local object keeps its name:
   * `session.post`, `cursor.execute`, `this.db.query`. Calls and subscripts on the way are kept as
   * `open().read`, `rows[].id`; a literal receiver is `str`, `list`, `regex`; any other is `…`.
   * `new Pool()` is a call of `pg.Pool`.
   */
  callee: string;
  /**
   * Where the receiver comes from if a constructor or factory call assigned it in the same file:
   * `requests.Session` for `session = requests.Session(); session.post(…)`; the whole descent for
   * derived objects: `psycopg2.connect.cursor` for `cur` in `cur = conn.cursor()`.
   */
  receiverOrigin: string | null;
  line: number;
  /** Qualified name of the enclosing function, null at module level. */
  enclosing: string | null;
  /** What happens when the call throws: caught and dealt with, caught and dropped, or not caught here. */
  guarded: 'handled' | 'swallowed' | 'no';
  /**
   * First argument if it is a string, or the literal head of a template or concatenation (ending in `…`);
   * 200 characters at most.
   */
  literal: string | null;
  /** Python keyword arguments, or property names of an object literal argument. */
  options: string[];
}

export interface EnvironmentFact {
  /** `DATABASE_URL`; `*` when the name is computed. */
  name: string;
  line: number;
  /** A default stands beside it. */
  hasDefault: boolean;
}
