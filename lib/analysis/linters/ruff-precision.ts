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

/**
 * True for diagnostics that are right by the letter and noise to a reviewer, each for a reason that Ruff
 * cannot see or does not weigh.
 */
export function isNoise(diagnostic: RuffDiagnostic, found: RuffCase): boolean {
  const { message, start_location: at } = diagnostic;
  const line = found.context.line(at.row);
  if (isWaived(diagnostic.code ?? '', line)) return true;
  switch (diagnostic.code) {
    case 'F401':
      return isPurposefulImport(message, found);
    case 'F403':
      return isPackageFile(found.path);
    case 'F822':
      // Submodules are listed too; they exist as files that Ruff does not see.
      return isPackageFile(found.path);
    case 'F811':
      // A pytest fixture is imported by name and taken as a parameter of the same name.
      return found.inTest && !/^\s*(async\s+)?(def|class)\s+$/.test(line.slice(0, at.column - 1));
    case 'F821':
      return (
        isRuntimeName(message, found.text) ||
        isGuardedName(at.row, found.context) ||
        /#\s*type:\s*ignore(\[.*\bname-defined\b|\s*$)/.test(line)
      );
    case 'ARG001':
    case 'ARG002':
    case 'ARG003':
    case 'ARG004':
      return isGivenSignature(/`(.+?)`/.exec(message)?.[1] ?? '', {
        row: at.row,
        text: found.text,
        isMethod: diagnostic.code !== 'ARG001',
        context: found.context,
      });
    case 'B019':
      // With a bound the cache keeps so many and no more.
      return /maxsize\s*=\s*[\d_]+/.test(line);
    case 'B008':
      return !momentaryCall.test(message);
    case 'B034':
      // Only a flag in the place of the count is a mistake.
      return !/,\s*re\.[A-Z]+\s*\)/.test(line);
    case 'SIM115':
      return isClosedByItsOwner(at.row, found.context);
    case 'B023':
      return isCalledInItsTurn(at.row, found.context);
    case 'S110':
    case 'S112':
    case 'BLE001':
    case 'E722':
      return isNoisyHandler(diagnostic, found);
    case 'T100':
      return message.startsWith('Import');
    case 'B018':
      // A name alone on its line keeps an import, or asks whether the name exists.
      return /^\s*[\w.]+\s*(#.*)?$/.test(line);
    case 'PLW0127':
      // `Name = Name` at the top marks a name as exported; one of several keeps its value.
      return at.column === 1 || /^[^=]*,[^=]*=/.test(line);
    case 'PLE0704':
      // A helper of handlers, by its name or by the error that it takes, raises what they caught.
      return isHelperOfHandlers(at.row, found);
    case 'PLW1510':
      // With its result kept, the return code may well be looked at.
      return line.slice(0, at.column - 1).trim() !== '';
    default:
      return isHarmless(diagnostic, found);
  }
}

/** One handler is one finding, and none where a comment explains it or the error goes on. */
function isNoisyHandler(
  { code, start_location: { row } }: RuffDiagnostic,
  { context, codesOnLine }: RuffCase,
): boolean {
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
  // Package files, conftest.py and layers of compatibility import for others; the long message is Ruff's for an import in try/except.
  if (isPackageFile(path) || /(^|\/)(conftest|_?compat(ibility)?)\.py$/.test(path)) return true;
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
