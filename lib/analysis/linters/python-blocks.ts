import type { PythonContext } from './python-context.ts';

/** A block that goes on for longer than this is not read to its end. */
const maxBlockLines = 60;

/** The lines of the block that the line at `row` opens, blank ones and comments among them. */
export function blockBelow(row: number, context: PythonContext): string[] {
  const indent = indentOf(context.line(row));
  const lines: string[] = [];
  for (let current = row + 1; current <= row + maxBlockLines; current++) {
    const line = context.line(current);
    if (line.trim() !== '' && indentOf(line) <= indent) break;
    lines.push(line);
  }
  return lines;
}

/** A comment in the handler, at its head or right above it says why nothing is done. */
export function isExplainedHandler(row: number, context: PythonContext): boolean {
  const around = [context.line(row - 1), context.line(row), ...blockBelow(row, context)];
  return around.some((line) => /(^|\s)#\s*\w/.test(line));
}

/** The handler hands the error on to somebody who shows it. */
export function isReportingHandler(row: number, context: PythonContext): boolean {
  const body = blockBelow(row, context).join('\n');
  if (/traceback|exc_info|\b(report|handle|set|on|record|print)_?(exc|err)/i.test(body))
    return true;
  const error = /\bas\s+(\w+)\s*:/.exec(context.line(row))?.[1];
  return error !== undefined && new RegExp(String.raw`\b${error}\b`).test(body);
}

/** One statement is tried and failing is an answer: `try: stream.read(0)`, `except: return False`. */
export function isProbe(row: number, context: PythonContext): boolean {
  const answer = blockBelow(row, context).map((line) => line.trim());
  const isAnswer = /^return (True|False|None)$/.test(answer.find((line) => line !== '') ?? '');
  return isAnswer && /^\s*try\s*:/.test(context.line(row - 2));
}

/** A `try` around the line catches the lack of the name: the code asks whether it is there. */
export function isGuardedName(row: number, context: PythonContext): boolean {
  let limit = indentOf(context.line(row));
  for (let current = row - 1; current >= Math.max(1, row - maxBlockLines); current--) {
    const line = context.line(current);
    if (line.trim() === '' || indentOf(line) >= limit) continue;
    limit = indentOf(line);
    if (/^\s*(def|class)\b/.test(line)) return false;
    if (/^\s*try\s*:/.test(line) && catchesNameError(current, context)) return true;
  }
  return false;
}

function catchesNameError(tryRow: number, context: PythonContext): boolean {
  const row = tryRow + blockBelow(tryRow, context).length + 1;
  return /^\s*except\s*(:|.*\b(NameError|Exception)\b)/.test(context.line(row));
}

/** The function is called in an `except` block of the same file: there is something to raise again. */
export function isCalledInHandler(name: string, text: string): boolean {
  const lines = text.split(/\r?\n/);
  const call = new RegExp(String.raw`(?<!def )\b${name}\(`);
  return lines.some((line, index) => {
    if (!call.test(line)) return false;
    const opener = lines
      .slice(Math.max(0, index - maxBlockLines), index)
      .findLast((above) => above.trim() !== '' && indentOf(above) < indentOf(line));
    return opener !== undefined && /^\s*except\b/.test(opener);
  });
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
