import { enclosingLoop, ownSignature } from './script-context.ts';

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
  switch (code) {
    case 'eslint(no-undef)':
      return !isModule(found.text) || isBuildTimeName(found.symbol ?? '');
    case 'eslint(no-await-in-loop)':
      return isSequentialByDesign(line, found);
    case 'eslint(no-loop-func)':
      // These call their function before the loop goes on.
      return /\.(filter|map|some|every|find|findIndex|forEach|sort|reduce|replace|flatMap)\(/.test(
        line,
      );
    case 'unicorn(no-invalid-fetch-options)':
      // `new Request(other, { body })` takes the method of the other request.
      return line.includes('new Request(');
    case 'eslint(no-template-curly-in-string)':
      // A template that is handed to something that fills it.
      return /replace|template|format|interpolat|regex|placeholder|snippet/i.test(line);
    default:
      return false;
  }
}

/** Unused names that are there for a reason: of declaration files, or given by the caller. */
export function isPurposefullyUnused(rule: string, found: OxlintCase): boolean {
  if (/\.d\.[cm]?ts$/.test(found.path)) return true;
  if (rule !== 'unused-parameter') return false;
  const name = ownSignature(found.lines, found.row);
  return (
    name === undefined ||
    handlerParameters.has(found.symbol ?? '') ||
    isPassedAround(name, found.lines)
  );
}

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

/** The turns depend on each other, or are meant to go one after the other. */
function isSequentialByDesign(line: string, found: OxlintCase): boolean {
  if (/await\s+(sleep|delay|wait|pause|setTimeout|backOff|retry|next)\w*\(/i.test(line))
    return true;
  const loop = enclosingLoop(found.lines, found.row);
  if (loop === undefined || !/^for\s*\(.*\b(of|in)\b/.test(loop.header)) return true;
  // A loop that awaits several times is one finding, at its first.
  return /\b(break|return|throw)\b/.test(loop.body) || loop.textBefore.includes('await ');
}

/** The function is used as a value somewhere: whoever calls it decides what it takes. */
function isPassedAround(name: string, lines: readonly string[]): boolean {
  const escaped = name.replaceAll(/[$#]/g, String.raw`\$&`);
  const use = new RegExp(String.raw`(?:[(,=[{:?|&]|\breturn|^)\s*${escaped}\s*(?:[,)\]};:]|$)`);
  return lines.some(
    (line) => use.test(line) && !/^\s*export\s*(\{|default)|\bexports\b/.test(line),
  );
}
