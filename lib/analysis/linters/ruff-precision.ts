import type { PythonContext } from './python-context.ts';
import { localValues } from './python-locals.ts';
import { isGivenSignature } from './python-signatures.ts';
import { makesASecret } from './secret-randoms.ts';
import { isBuiltFromConstants } from './sql-text.ts';

/** The part of Ruff's diagnostic that is used here. */
export interface RuffDiagnostic {
  /** Null or `invalid-syntax` for what keeps the file from being parsed. */
  code: string | null;
  message: string;
  start_location: { row: number; column: number };
  end_location: { row: number; column: number };
}

export interface RuffCase {
  path: string;
  text: string;
  context: PythonContext;
  /** Codes that Ruff gave for the same line. */
  codesOnLine: ReadonlySet<string>;
  inTest: boolean;
}

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
      return isRuntimeName(message, found.text);
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
    case 'B008':
      return !momentaryCall.test(message);
    case 'B034':
      // Only a flag in the place of the count is a mistake.
      return !/,\s*re\.[A-Z]+\s*\)/.test(line);
    case 'S608':
      return isHarmlessSql(diagnostic, found.context);
    case 'SIM115':
      // Whoever keeps or returns the file closes it elsewhere.
      return /\bself\.\w+\s*=|\breturn\b/.test(line);
    case 'T100':
      return message.startsWith('Import');
    case 'B018':
      // A name alone on its line keeps an import, or asks whether the name exists.
      return /^\s*[\w.]+\s*(#.*)?$/.test(line);
    case 'PLW0127':
      // `Name = Name` at the top marks a name as exported.
      return at.column === 1;
    case 'BLE001':
      // One place, one finding: the sharper one stays.
      return ['E722', 'S110', 'S112'].some((code) => found.codesOnLine.has(code));
    case 'PLW1510':
      // With its result kept, the return code may well be looked at.
      return line.slice(0, at.column - 1).trim() !== '';
    case 'S102':
      // `exec(compile(path.read_text(), …))` loads a file of the project, as setup.py does for its version.
      return found.path.endsWith('setup.py');
    case 'S103':
      return !isWritableByOthers(message);
    case 'S311':
      return !makesASecret(at, found.context);
    case 'S602':
    case 'S604':
    case 'S605':
      // A literal command: nothing to inject.
      return message.includes('seems safe');
    default:
      return false;
  }
}

function isPackageFile(path: string): boolean {
  return /(^|\/)__init__\.pyi?$/.test(path);
}

function isPurposefulImport(message: string, { path, text, inTest }: RuffCase): boolean {
  // Package files and conftest.py import for others; the long message is Ruff's for an import in try/except.
  if (isPackageFile(path) || /(^|\/)conftest\.py$/.test(path)) return true;
  if (message.includes('find_spec')) return true;
  // An imported pytest fixture is used by the parameter of its name.
  const name = /`(?:.*[. ])?(\w+)`/.exec(message)?.[1] ?? '';
  return inTest && new RegExp(String.raw`\bdef\s+\w+\([^)]*\b${name}\b`).test(text);
}

const namesOfPython2 =
  /`(unicode|basestring|xrange|long|unichr|raw_input|reduce|cmp|file|execfile|reload|buffer)`/;

/** The name comes about in a way that only running the code shows. */
function isRuntimeName(message: string, text: string): boolean {
  if (/`(__path__|__class__|reveal_type|WindowsError|_)`/.test(message)) return true;
  if (namesOfPython2.test(message)) return /PY[23]|version_info|NameError/.test(text);
  const name = /`(\w+)`/.exec(message)?.[1] ?? '';
  const isDeleted = new RegExp(String.raw`^del .*\b${name}\b`, 'm').test(text);
  return isDeleted || /\bglobals\(\)|\bexec\(|\b_convert_\(|\bbuiltins\.\w+ = /.test(text);
}

/** Calls whose result is different, or shared to harm, each time: a default should not freeze it. */
const momentaryCall =
  /`(?:\w+\.)*(now|utcnow|today|time|monotonic|uuid\d|getenv|getcwd|random|randint|token_\w+|list|dict|set|open|connect)`/;

const callForPeople =
  /\b(log|logger|logging|print|raise|warn\w*|help|description)\b[^()]*\([^()]*$/;

/** A text for people may read like SQL, and SQL may be put together from constants alone. */
function isHarmlessSql(diagnostic: RuffDiagnostic, context: PythonContext): boolean {
  const { start_location: start, end_location: end } = diagnostic;
  const lines = Array.from({ length: end.row - start.row + 1 }, (_, index) =>
    context.line(start.row + index),
  );
  const before = `${context.line(start.row - 1)}\n${lines[0]?.slice(0, start.column - 1)}`;
  if (callForPeople.test(before)) return true;
  const lastLine = context.line(end.row).slice(0, end.column - 1);
  const code = [...lines.slice(0, -1), lastLine].join('\n').slice(start.column - 1);
  return isBuiltFromConstants(code, (name) => localValues(name, start.row, context));
}

/** The author says that it is meant, in the words of another linter. Ruff itself honours `noqa`. */
function isWaived(code: string, line: string): boolean {
  if (code.startsWith('S')) return line.includes('# nosec');
  return /#.*(pylint: *disable|pyflakes|re-?export)/.test(line);
}

function isWritableByOthers(message: string): boolean {
  const mode = /0o([0-7]+)/.exec(message)?.[1];
  return mode !== undefined && (Number.parseInt(mode, 8) & 0o002) !== 0;
}
