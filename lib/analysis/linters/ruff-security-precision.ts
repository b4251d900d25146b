import { localValues } from './python-locals.ts';
import type { PythonContext } from './python-context.ts';
import type { RuffCase, RuffDiagnostic } from './ruff-case.ts';
import { makesASecret } from './secret-randoms.ts';
import { isBuiltFromConstants } from './sql-text.ts';

/** True for security rules whose hit can do no harm where it stands. */
export function isHarmless(diagnostic: RuffDiagnostic, found: RuffCase): boolean {
  const { message, start_location: at } = diagnostic;
  const line = found.context.line(at.row);
  switch (diagnostic.code) {
    case 'S608':
      return isHarmlessSql(diagnostic, found.context);
    case 'S102':
      // `exec(compile(path.read_text(), …))` loads a file of the project, as setup.py does for its version.
      return found.path.endsWith('setup.py');
    case 'S324':
      // SHA-1 names caches and versions; for what is secret it is no hash.
      return message.includes('sha1') && !isAboutSecrets(at.row, found.context);
    case 'S704':
      // The function looks after escaping itself.
      return /escape/i.test(enclosingBody(at.row, found.context));
    case 'S301':
      // What was just written by the same code comes back.
      return /\bloads\([^()]*\bdumps\(/.test(line);
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

function isAboutSecrets(row: number, context: PythonContext): boolean {
  const names = `${context.line(row)} ${context.enclosing('def', row)?.text ?? ''}`;
  return /passw|secret|token|sign|auth|credential/i.test(names);
}

function enclosingBody(row: number, context: PythonContext): string {
  const owner = context.enclosing('def', row);
  return owner === undefined ? '' : context.body(owner);
}

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

function isWritableByOthers(message: string): boolean {
  const mode = /0o([0-7]+)/.exec(message)?.[1];
  return mode !== undefined && (Number.parseInt(mode, 8) & 0o002) !== 0;
}
