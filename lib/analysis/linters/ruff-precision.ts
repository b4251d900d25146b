import {
  isCalledInHandler,
  isExplainedHandler,
  isGuardedName,
  isProbe,
  isReportingHandler,
} from './python-blocks.ts';
import { isCalledInItsTurn, isClosedByItsOwner } from './python-lifetimes.ts';
import { isGivenSignature } from './python-signatures.ts';
import type { RuffCase, RuffDiagnostic } from './ruff-case.ts';
import { isHarmless } from './ruff-security-precision.ts';

/** A diagnostic with the line that it stands in. */
interface Seen {
  diagnostic: RuffDiagnostic;
  found: RuffCase;
  line: string;
}

/** By Ruff's code: when a diagnostic is right by the letter and noise to a reviewer. */
const noiseByCode: Readonly<Record<string, (seen: Seen) => boolean>> = {
  F401: ({ diagnostic, found }) => isPurposefulImport(diagnostic.message, found),
  F403: ({ found }) => isPackageFile(found.path),
  // Submodules are listed too; they exist as files that Ruff does not see.
  F822: ({ found }) => isPackageFile(found.path),
  F811: isFixtureParameter,
  F821: isDefinedElsewhere,
  ARG001: isSignatureGiven,
  ARG002: isSignatureGiven,
  ARG003: isSignatureGiven,
  ARG004: isSignatureGiven,
  // With a bound the cache keeps so many and no more.
  B019: ({ line }) => /maxsize\s*=\s*[\d_]+/.test(line),
  B008: ({ diagnostic }) => !momentaryCall.test(diagnostic.message),
  // Only a flag in the place of the count is a mistake.
  B034: ({ line }) => !/,\s*re\.[A-Z]+\s*\)/.test(line),
  // A name alone on its line keeps an import, or asks whether the name exists.
  B018: ({ line }) => /^\s*[\w.]+\s*(#.*)?$/.test(line),
  B023: ({ diagnostic, found }) => isCalledInItsTurn(diagnostic.start_location.row, found.context),
  SIM115: ({ diagnostic, found }) =>
    isClosedByItsOwner(diagnostic.start_location.row, found.context),
  S110: isNoisyHandler,
  S112: isNoisyHandler,
  BLE001: isNoisyHandler,
  E722: isNoisyHandler,
  T100: ({ diagnostic }) => diagnostic.message.startsWith('Import'),
  // `Name = Name` at the top marks a name as exported; one of several keeps its value.
  PLW0127: ({ diagnostic, line }) =>
    diagnostic.start_location.column === 1 || /^[^=]*,[^=]*=/.test(line),
  // A helper of handlers, by its name or by the error that it takes, raises what they caught.
  PLE0704: ({ diagnostic, found }) => isHelperOfHandlers(diagnostic.start_location.row, found),
  // With its result kept, the return code may well be looked at.
  PLW1510: ({ diagnostic, line }) => textBefore(diagnostic, line).trim() !== '',
};

/**
 * True for diagnostics that are right by the letter and noise to a reviewer, each for a reason that Ruff
 * cannot see or does not weigh.
 */
export function isNoise(diagnostic: RuffDiagnostic, found: RuffCase): boolean {
  const code = diagnostic.code ?? '';
  const line = found.context.line(diagnostic.start_location.row);
  if (isWaived(code, line)) return true;
  const judge = noiseByCode[code];
  return judge === undefined ? isHarmless(diagnostic, found) : judge({ diagnostic, found, line });
}

function textBefore({ start_location: at }: RuffDiagnostic, line: string): string {
  return line.slice(0, at.column - 1);
}

/** A pytest fixture is imported by name and taken as a parameter of the same name. */
function isFixtureParameter({ diagnostic, found, line }: Seen): boolean {
  return found.inTest && !/^\s*(async\s+)?(def|class)\s+$/.test(textBefore(diagnostic, line));
}

function isDefinedElsewhere({ diagnostic, found, line }: Seen): boolean {
  return (
    isRuntimeName(diagnostic.message, found.text) ||
    isGuardedName(diagnostic.start_location.row, found.context) ||
    /#\s*type:\s*ignore(\[.*\bname-defined\b|\s*$)/.test(line)
  );
}

function isSignatureGiven({ diagnostic, found }: Seen): boolean {
  return isGivenSignature(/`(.+?)`/.exec(diagnostic.message)?.[1] ?? '', {
    row: diagnostic.start_location.row,
    text: found.text,
    isMethod: diagnostic.code !== 'ARG001',
    context: found.context,
  });
}

/** One handler is one finding, and none where a comment explains it or the error goes on. */
function isNoisyHandler({ diagnostic, found }: Seen): boolean {
  const { code } = diagnostic;
  const { row } = diagnostic.start_location;
  const { context, codesOnLine } = found;
  const isExplained = isExplainedHandler(row, context);
  const isDropped = codesOnLine.has('S110') || codesOnLine.has('S112');
  if (code === 'E722') return isDropped && !isExplained;
  if (code !== 'BLE001') return isExplained;
  const isTold = isDropped || codesOnLine.has('E722');
  return isTold || isExplained || isReportingHandler(row, context) || isProbe(row, context);
}

function isHelperOfHandlers(row: number, { context, text }: RuffCase): boolean {
  const helper = context.enclosing('def', row);
  if (helper === undefined) return false;
  return /exc|err/i.test(helper.text) || isCalledInHandler(helper.name, text);
}

function isPackageFile(path: string): boolean {
  return /(^|\/)__init__\.pyi?$/.test(path);
}

function isPurposefulImport(message: string, { path, text, inTest }: RuffCase): boolean {
  // Package files, conftest.py and layers of compatibility import for others.
  if (isPackageFile(path) || /(^|\/)(conftest|_?compat(ibility)?)\.py$/.test(path)) return true;
  // Ruff's message for an import in try/except.
  if (message.includes('find_spec')) return true;
  // An imported pytest fixture is used by the parameter of its name.
  const name = /`(?:.*[. ])?(\w+)`/.exec(message)?.[1] ?? '';
  return inTest && new RegExp(String.raw`\bdef\s+\w+\([^)]*\b${name}\b`).test(text);
}

const namesOfPython2 =
  /`(unicode|basestring|xrange|long|unichr|raw_input|reduce|cmp|file|execfile|reload|buffer)`/;

/** The name comes about in a way that only running the code shows. */
function isRuntimeName(message: string, text: string): boolean {
  if (
    /`(__path__|__class__|reveal_type|WindowsError|_|get_ipython|display|dbutils|spark)`/.test(
      message,
    )
  )
    return true;
  if (namesOfPython2.test(message)) return /PY[23]|version_info|NameError/.test(text);
  const name = /`(\w+)`/.exec(message)?.[1] ?? '';
  const isDeleted = new RegExp(String.raw`^del .*\b${name}\b`, 'm').test(text);
  return isDeleted || /\bglobals\(\)|\bexec\(|\b_convert_\(|\bbuiltins\.\w+ = /.test(text);
}

/** Calls whose result is different, or shared to harm, each time: a default should not freeze it. */
const momentaryCall =
  /`(?:\w+\.)*(now|utcnow|today|time|monotonic|uuid\d|getenv|getcwd|random|randint|token_\w+|list|dict|set|open|connect)`/;

/** The author says that it is meant, in the words of another linter. Ruff itself honours `noqa`. */
function isWaived(code: string, line: string): boolean {
  if (code.startsWith('S')) return line.includes('# nosec');
  return /#.*(pylint: *disable|pyflakes|re-?export)/.test(line);
}
