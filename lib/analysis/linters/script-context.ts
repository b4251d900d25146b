/** Questions about the surroundings of a line in TypeScript or JavaScript, answered from its layout. */

/** A signature or loop that began further up than this is not looked for. */
const maxDistance = 400;

const loopHeader = /^\s*(?:\w+:\s*)?(for\s+await\b|for\b|while\b|do\b)/;

/** The innermost loop that the line stands in; `textBefore` is its body up to the line. */
export function enclosingLoop(
  lines: readonly string[],
  row: number,
): { header: string; body: string; textBefore: string } | undefined {
  const start = findUpwards(lines, row, (line) => loopHeader.test(line));
  if (start === undefined) return undefined;
  const header = lines[start - 1] ?? '';
  const indent = indentOf(header);
  const end = lines.findIndex(
    (line, index) => index >= row && line.trim() !== '' && indentOf(line) <= indent,
  );
  const body = lines.slice(start, end === -1 ? undefined : end).join('\n');
  return { header: header.trim(), body, textBefore: lines.slice(start, row - 1).join('\n') };
}

/**
 * The function whose parameter list the line belongs to, where its author chose the signature: a declared
 * function, a function in a constant, or a method of a class that neither extends nor implements.
 * Undefined for callbacks and members of object literals: whoever calls them decides.
 */
export function ownSignature(lines: readonly string[], row: number): string | undefined {
  for (let current = row; current >= Math.max(1, row - maxSignatureLines); current--) {
    const line = lines[current - 1] ?? '';
    if (current === row || leavesListOpen(line)) {
      const declared = declaration.exec(line);
      if (declared !== null) return declared[1] ?? declared[2];
      const method = methodStart.exec(line)?.[1];
      if (method !== undefined && !controlWord.test(method)) {
        return isInPlainClass(lines, current) ? method : undefined;
      }
    }
    if (/=>|[;{]\s*$/.test(line)) return undefined;
  }
  return undefined;
}

/** More parentheses open than close: a list goes on in the next line. */
function leavesListOpen(line: string): boolean {
  return line.split('(').length > line.split(')').length;
}

const maxSignatureLines = 15;
const functionName = String.raw`function\s*\*?\s*([\w$]+)`;
const functionValue = String.raw`(?:async\s*)?(?:function\b|\(|<|[\w$]+\s*=>)`;
const namedValue = String.raw`(?:const|let|var)\s+([\w$]+)\s*(?::[^=]+)?=\s*${functionValue}`;
const declaration = new RegExp(
  String.raw`^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:${functionName}|${namedValue})`,
);
const methodStart = /^\s+(?:(?:public|private|protected|static|async)\s+)*([\w$#]+)\s*[(<]/;
const controlWord = /^(if|for|while|switch|catch|return|function|super|await|new|typeof)$/;

function isInPlainClass(lines: readonly string[], row: number): boolean {
  const owner = findUpwards(lines, row, () => true);
  const header = owner === undefined ? '' : (lines[owner - 1] ?? '');
  return /\bclass\b/.test(header) && !/\b(extends|implements)\b/.test(header);
}

/** The nearest line above with less indentation that fulfils the condition, skipping deeper blocks. */
function findUpwards(
  lines: readonly string[],
  row: number,
  matches: (line: string) => boolean,
): number | undefined {
  let limit = indentOf(lines[row - 1] ?? '');
  for (let current = row - 1; current >= Math.max(1, row - maxDistance); current--) {
    const line = lines[current - 1] ?? '';
    if (line.trim() === '' || indentOf(line) >= limit) continue;
    limit = indentOf(line);
    if (matches(line)) return current;
  }
  return undefined;
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
