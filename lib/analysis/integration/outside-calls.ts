import type { CallFact, FileFacts } from '../facts.ts';
import { detailOf } from './call-detail.ts';
import { findKnownCall, type KnownCall } from './catalogue/catalogue.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';

/** A call of the component that leaves the process. */
export interface OutsideCall {
  kind: KnownCall['kind'];
  /** Library and function, without the objects between: `requests.get`, `psycopg2.execute`. */
  name: string;
  detail: string | null;
  path: string;
  call: CallFact;
  /** Null where no time limit is to be expected. */
  timeout: boolean | null;
}

/** Names that need no import. */
const globals = new Set([
  'open',
  'fetch',
  'globalThis',
  'window',
  'self',
  'XMLHttpRequest',
  'EventSource',
  'WebSocket',
]);

const sqlStatement =
  /^\s*(SELECT\s|INSERT\s+(INTO|OR)\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|UNIQUE|TEMP)|ALTER\s+TABLE|DROP\s+TABLE|PRAGMA\s|REPLACE\s+INTO|WITH\s+\w+\s+AS)/i;
const sqlMethods =
  /\.(execute|executemany|executescript|query|prepare|exec|run|all|get|raw|fetch\w*)$/;
const httpMethods = /\.(get|post|put|patch|delete|head|request|fetch|urlopen)$/;

export function findOutsideCalls(file: FileFacts): OutsideCall[] {
  const imported = importedRoots(file);
  return file.calls.flatMap((call) => {
    const known = knownCall(call, imported) ?? guessedCall(call);
    return known ? [toOutsideCall(call, known, file.path)] : [];
  });
}

/** What can begin a callee that comes from a module: the module, and of Python the top-level name. */
function importedRoots(file: FileFacts): Set<string> {
  return new Set(
    file.imports.flatMap(({ specifier }) => {
      const module = specifier.replace(/^node:/, '');
      return file.language === 'python' ? [module.split('.')[0] ?? module] : [module];
    }),
  );
}

function knownCall(call: CallFact, imported: ReadonlySet<string>): KnownCall | undefined {
  const known = findKnownCall(fullName(call));
  if (!known) return undefined;
  // A local variable can bear the name of a library: without an import it is not that library.
  const root = known.module.startsWith('@') ? known.module : (known.module.split('.')[0] ?? '');
  const isImported =
    imported.has(known.module) ||
    imported.has(root) ||
    [...imported].some((specifier) => known.module.startsWith(`${specifier}.`));
  return isImported || globals.has(root) ? known : undefined;
}

/** `requests.Session.post` for `session.post` where the file shows how the session was made. */
function fullName({ callee, receiverOrigin }: CallFact): string {
  const method = callee.slice(callee.lastIndexOf('.') + 1);
  const name = receiverOrigin === null ? callee : `${receiverOrigin}.${method}`;
  return name.replaceAll(/\(\)|\[\]/g, '').replace(/^node:/, '');
}

/** A receiver that was handed in is told by what it is given: an address, or a statement in SQL. */
function guessedCall(call: CallFact): KnownCall | undefined {
  const { callee, literal } = call;
  if (literal === null || callee.startsWith('str.')) return undefined;
  if (sqlMethods.test(callee) && sqlStatement.test(literal)) {
    return { kind: 'database', module: '', entry: guessedStatement };
  }
  if (httpMethods.test(callee) && /^https?:\/\//.test(literal)) {
    return { kind: 'http-api', module: '', entry: guessedRequest };
  }
  return undefined;
}

const guessedStatement: CatalogueEntry = {
  modules: [],
  calls: sqlMethods,
  argument: 'statement',
};
const guessedRequest: CatalogueEntry = { modules: [], calls: httpMethods, argument: 'url' };

function toOutsideCall(
  call: CallFact,
  { kind, entry, module }: KnownCall,
  path: string,
): OutsideCall {
  const method = call.callee.slice(call.callee.lastIndexOf('.') + 1).replaceAll(/\(\)|\[\]/g, '');
  const isModuleItself = fullName(call) === module;
  return {
    kind,
    name: module === '' ? call.callee : isModuleItself ? module : `${module}.${method}`,
    detail: detailOf(call.literal, entry.argument),
    path,
    call,
    timeout: entry.timeout ? entry.timeout.some((option) => call.options.includes(option)) : null,
  };
}
