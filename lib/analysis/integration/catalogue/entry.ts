import type { IntegrationPoint } from '../../../domain/report.ts';

/** How one library, or one part of a standard library, reaches outside the process. */
export interface CatalogueEntry {
  /**
   * Modules as they are imported, or globals (`fetch`, `open`). A `*` at the end stands for any
   * ending: `@aws-sdk/client-*`. Written without `node:`.
   */
  modules: string[];
  /**
   * What follows the module in calls that go outside, matched against its last segment: `get` of
   * `requests.Session.get`. An empty string means that the module itself is called.
   */
  calls: RegExp;
  /** What the first argument of such a call is, for the point's detail; `data` is never shown. */
  argument: 'url' | 'path' | 'statement' | 'command' | 'host' | 'key' | 'data';
  /**
   * Options of which one sets a time limit. Absent where the library has a limit of its own, or
   * where none is to be expected.
   */
  timeout?: string[];
  /**
   * The call opens a connection, or makes what opens it, and waits without end unless one of the
   * options in `timeout` is given. `limitAt` is the position of the time limit among the
   * positional arguments, from 0, where all before it are plain addresses.
   */
  connection?: { limitAt?: number };
  /**
   * True where the call only makes the object by which others go outside: it cannot fail out
   * there.
   */
  prepares?: true;
  /** True where failures arrive as an `error` event: no try around the call would see them. */
  failsByEvent?: true;
}

/** The entries of one kind. The same name can be another thing in the other language. */
export interface KindCatalogue {
  python: CatalogueEntry[];
  /** TypeScript and JavaScript. */
  script: CatalogueEntry[];
}

/** Matches exactly these names, given with blanks between; each may contain `\\w*` and the like. */
export function named(names: string, ending = ''): RegExp {
  return new RegExp(`^(${names.trim().split(/\s+/).join('|')})${ending}$`);
}

/** Kinds that are found by calls; libraries and environment variables are found by other facts. */
export type CallKind = Exclude<IntegrationPoint['kind'], 'library'>;
