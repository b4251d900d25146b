import { jsdocParameters } from '../syntax/documented-parameters.ts';
import { enclosingLoop, indentOf, ownSignature } from './script-context.ts';

export interface OxlintCase {
  path: string;
  text: string;
  lines: readonly string[];
  /** 1-based. */
  row: number;
  /** The name that the diagnostic is about, where it has one. */
  symbol: string | undefined;
}

/**
 * True for diagnostics that are right by the letter and noise to a reviewer, each for a reason that oxlint
 * cannot see or does not weigh.
 */
export function isNoise(code: string, found: OxlintCase): boolean {
  const line = found.lines[found.row - 1] ?? '';
  if (line.length > longestLine) return true;
  switch (code) {
    case 'eslint(default-param-last)':
      // In JavaScript the next one may well be optional: `(options = {}, callback)`.
      return !/\.[cm]?tsx?$/.test(found.path);
    case 'eslint(no-await-in-loop)':
      return isSequentialByDesign(line, found);
    case 'eslint(no-cond-assign)':
      // `while (match = pattern.exec(text))` is an idiom; in an `if` it is a slip.
      return /\b(while|for)\b/.test(line);
    case 'eslint(getter-return)':
      // Undefined is an answer too where another branch has one, and a getter may only complain.
      return isAnsweredOrThrown(found);
    case 'eslint(no-fallthrough)':
      return isEmptyCase(found);
    case 'eslint(no-self-compare)':
      // Code older than Number.isNaN asks for NaN so.
      return /([\w.$]+)\s*!==?\s*\1/.test(line);
    case 'eslint(array-callback-return)':
      return line.includes('Promise.all');
    case 'eslint(no-dupe-else-if)':
      // A call may answer differently the second time.
      return line.split('(').length > 2;
    case 'eslint(no-loop-func)':
      return !isCalledLater.test(line);
    case 'eslint(no-template-curly-in-string)':
      // A template that is handed to something that fills it.
      return /replace|template|format|interpolat|regex|placeholder|snippet/i.test(line);
    case 'eslint(no-undef)':
      return !isModule(found.text) || isBuildTimeName(found.symbol ?? '');
    case 'eslint(no-unused-expressions)':
      // Calls, sequences and getters have effects; a comparison or a sum has none.
      return !/^\s*[\w.$[\]'"]+\s*([=!]==?|[<>]=?|[-+*/%])\s*[\w.$[\]'"]+\s*;?\s*$/.test(line);
    case 'unicorn(no-invalid-fetch-options)':
      // `new Request(other, { body })` takes the method of the other request.
      return line.includes('new Request(');
    default:
      return false;
  }
}

/** Characters; longer lines are a machine's, and nobody mends those by hand. */
const longestLine = 400;

/** The function is kept and called when the loop has gone on. */
const isCalledLater =
  /setTimeout|setInterval|setImmediate|addEventListener|\.on(ce)?\(|\.then\(|\.push\(|\]\s*=\s*/;

/** Unused names that are there for a reason: of declaration files, or given by the caller. */
export function isPurposefullyUnused(rule: string, found: OxlintCase): boolean {
  if (/\.d\.[cm]?ts$/.test(found.path)) return true;
  if ((found.lines[found.row - 1] ?? '').length > longestLine) return true;
  if (rule !== 'unused-parameter') return false;
  const name = ownSignature(found.lines, found.row);
  return (
    name === undefined ||
    handlerParameters.has(found.symbol ?? '') ||
    isDocumentedParameter(found) ||
    isPassedAround(name, found.lines)
  );
}

/** The comment above tells of it: who overrides the function, or comes later, has a use for it. */
function isDocumentedParameter({ lines, row, symbol }: OxlintCase): boolean {
  const end = lines.slice(0, row - 1).findLastIndex((line) => /\*\/\s*$/.test(line));
  if (end === -1 || row - 1 - end > linesOfASignature) return false;
  const start = lines.slice(0, end + 1).findLastIndex((line) => line.includes('/**'));
  const comment = lines.slice(Math.max(start, 0), end + 1).join('\n');
  return jsdocParameters(comment).some(({ name }) => name === symbol);
}

const linesOfASignature = 5;

const handlerParameters = new Set([
  'req',
  'res',
  'next',
  'event',
  'context',
  'ctx',
  'args',
  'reject',
]);

/** Scripts of a page share their globals; modules say what they take. */
function isModule(text: string): boolean {
  return /^\s*(import|export)\b|\brequire\(|\bmodule\.exports\b/m.test(text);
}

/** `__VERSION__`, `DEBUG`: replaced when the code is built. */
function isBuildTimeName(name: string): boolean {
  return /^__|^[A-Z][A-Z\d_]+$/.test(name);
}

/** The getter that begins in the line returns something on some path, or throws. */
function isAnsweredOrThrown({ lines, row }: OxlintCase): boolean {
  const header = lines[row - 1] ?? '';
  const end = lines.findIndex(
    (line, index) => index >= row && line.trim() !== '' && indentOf(line) <= indentOf(header),
  );
  return lines.slice(row, end === -1 ? undefined : end).some((line) => isAnswerOrError.test(line));
}

const isAnswerOrError = /\breturn\s+\S|\bthrow\b|\b(assert|fail)\w*\(|\.(fail|assert)\w*\(/;

/** Nothing but comments stands between this case and the one before. */
function isEmptyCase({ lines, row }: OxlintCase): boolean {
  const above = lines.slice(0, row - 1).findLast((line) => !/^\s*($|\/\/|\/?\*)/.test(line));
  return above !== undefined && /\b(case\b.*|default\s*):\s*(\/\/.*|\/\*.*)?$/.test(above);
}

/** The turns depend on each other, or are meant to go one after the other. */
function isSequentialByDesign(line: string, found: OxlintCase): boolean {
  if (/await\s+(sleep|delay|wait|pause|setTimeout|backOff|retry|next)\w*\(/i.test(line))
    return true;
  const loop = enclosingLoop(found.lines, found.row);
  if (loop === undefined || !/^for\s*\(.*\b(of|in)\b/.test(loop.header)) return true;
  // A loop that awaits several times is one finding, at its first.
  return /\b(break|return|throw|yield)\b/.test(loop.body) || loop.textBefore.includes('await ');
}

/** The function is used as a value somewhere: whoever calls it decides what it takes. */
function isPassedAround(name: string, lines: readonly string[]): boolean {
  const escaped = name.replaceAll(/[$#]/g, String.raw`\$&`);
  const use = new RegExp(String.raw`(?:[(,=[{:?|&]|\breturn|^)\s*${escaped}\s*(?:[,)\]};:]|$)`);
  return lines.some(
    (line) => use.test(line) && !/^\s*export\s*(\{|default)|\bexports\b/.test(line),
  );
}
