import type { IntegrationPoint } from '../../domain/report.ts';
import type { Language } from '../../domain/source.ts';
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
  /** What happens when it fails; null where nothing outside can fail yet. */
  errorHandling: IntegrationPoint['errorHandling'];
  /** Null where no time limit is to be expected. */
  timeout: boolean | null;
  /** See `CatalogueEntry`: the call waits without end unless a limit is set. */
  connection: CatalogueEntry['connection'];
}

/** Names that need no import. */
const globals = [
  'open',
  'fetch',
  'globalThis',
  'window',
  'self',
  'XMLHttpRequest',
  'EventSource',
  'WebSocket',
];

/** How statements begin, with a second word where the first alone is plain English. */
const statementStarts = [
  String.raw`SELECT|PRAGMA`,
  String.raw`INSERT\s+(INTO|OR)|REPLACE\s+INTO`,
  String.raw`UPDATE\s+\S+\s+SET|DELETE\s+FROM`,
  String.raw`CREATE\s+(TABLE|INDEX|UNIQUE|TEMP\w*|VIEW)|(ALTER|DROP)\s+(TABLE|INDEX)`,
  String.raw`WITH\s+(RECURSIVE\s+)?\w+\s+AS`,
];
const sqlStatement = new RegExp(String.raw`^\s*(${statementStarts.join('|')})\s`, 'i');
const sqlMethods =
  /\.(execute|executemany|executescript|query|prepare|exec|run|all|get|raw|fetch\w*)$/;
const httpMethods = /\.(get|post|put|patch|delete|head|request|fetch|urlopen)$/;

export function findOutsideCalls(file: FileFacts): OutsideCall[] {
  const roots = outsideRoots(file);
  const listens = file.calls.some(isErrorListener);
  return file.calls.flatMap((call) => {
    const known = knownCall(call, roots, file.language) ?? guessedCall(call);
    if (!known) return [];
    const outside = toOutsideCall(call, known, file.path);
    return [
      listens && known.entry.failsByEvent ? { ...outside, errorHandling: 'handled' } : outside,
    ];
  });
}

/** `request.on('error', …)`, whichever object of the file it is. */
function isErrorListener({ callee, literal }: CallFact): boolean {
  return literal === 'error' && /\.(on|once|addListener|addEventListener)$/.test(callee);
}

/**
 * What can begin a callee that leaves the file: globals, modules, and of Python top-level names.
 */
function outsideRoots(file: FileFacts): string[] {
  const roots = file.imports
    .map(({ specifier }) => specifier.replace(/^node:/, ''))
    .filter((module) => !module.startsWith('.'))
    .map((module) => (file.language === 'python' ? (module.split('.')[0] ?? module) : module));
  return [...new Set([...roots, ...globals])];
}

/** A local variable can bear the name of a library: without an import it is not that library. */
function knownCall(
  call: CallFact,
  roots: readonly string[],
  language: Language,
): KnownCall | undefined {
  const name = fullName(call);
  const isOutside = roots.some((root) => name === root || name.startsWith(`${root}.`));
  return isOutside ? findKnownCall(name, language) : undefined;
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

const handlingOf = { handled: 'handled', swallowed: 'swallowed', no: 'none' } as const;

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
    errorHandling: entry.prepares || kind === 'configuration' ? null : handlingOf[call.guarded],
    timeout: timeoutOf(call, entry),
    connection: entry.connection,
  };
}

function timeoutOf(
  { options, receiverOrigin }: CallFact,
  { timeout, connection }: CatalogueEntry,
): boolean | null {
  if (!timeout) return null;
  if (timeout.some((option) => options.includes(option))) return true;
  // The limit may be in an address, or in its place among the arguments.
  if (connection && options.length === 0) return null;
  // A client may have been made with a limit for all of its calls.
  return receiverOrigin === null ? false : null;
}
