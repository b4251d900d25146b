import type { PythonContext } from './python-context.ts';

/** A value longer than this is not worth reading to its end. */
const maxValueLength = 4_000;

/**
 * What the function around a line puts into a local name: assigned, added, or appended to it.
 * @returns expressions as written; undefined where the name may come by another value: from a
 *   parameter, a loop, an unpacking, an import
 */
export function localValues(
  name: string,
  row: number,
  context: PythonContext,
): string[] | undefined {
  const header = context.enclosing('def', row);
  if (header === undefined || !/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const body = context.body(header);
  if (isBoundOtherwise(name, header.text, body)) return undefined;
  const gain = new RegExp(
    String.raw`(?<=(?:^|[:;])[ \t]*)${name}(?:\s*(?::[^=\n]+)?\+?=(?!=)|\.(?:append|extend)(?=\())`,
    'gm',
  );
  return [...body.matchAll(gain)].map((match) => expressionAt(body, match.index + match[0].length));
}

function isBoundOtherwise(name: string, header: string, body: string): boolean {
  const elsewhere = [
    String.raw`\bfor\s[^\n:]*\b${name}\b[^\n:]*\sin\s`,
    String.raw`\b(?:as|import|global|nonlocal|del)\s[^\n:=]*\b${name}\b`,
    // Unpacking, chains of assignments, and what is put between.
    String.raw`^[^\n=]*(?:,\s*\*?${name}\b|\b${name}\s*,)[^\n=]*=(?!=)`,
    String.raw`\b${name}\s*:=|=\s*${name}\s*=(?!=)|\b${name}\.insert\(`,
  ];
  const parameters = header.slice(header.indexOf('('));
  return (
    new RegExp(String.raw`\b${name}\b`).test(parameters) ||
    new RegExp(elsewhere.join('|'), 'm').test(body)
  );
}

/** From the offset to the end of the statement: a line break outside of brackets and strings. */
function expressionAt(text: string, offset: number): string {
  const token = /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*|\\\n|[^]/g;
  let depth = 0;
  for (const match of text.slice(offset, offset + maxValueLength).matchAll(token)) {
    if (/^[([{]$/.test(match[0])) depth += 1;
    else if (/^[)\]}]$/.test(match[0])) depth -= 1;
    else if (match[0] === '\n' && depth <= 0) return text.slice(offset, offset + match.index);
  }
  return text.slice(offset, offset + maxValueLength);
}
