import type { CallFact } from '../facts.ts';

/** Characters between the start of a call and its parentheses, and inside of these. */
const maxCallee = 400;
const maxArguments = 4_000;

const token =
  /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|#[^\n]*|\/\/[^\n]*|[^]/g;

/**
 * The arguments of a call as they are written, without comments.
 * @returns undefined where the text does not show them: the function bears another name there
 */
export function writtenArguments(text: string, { callee, line }: CallFact): string[] | undefined {
  const start = offsetOfLine(text, line);
  const name = callee.slice(callee.lastIndexOf('.') + 1).replaceAll(/\W/g, '');
  const opening = new RegExp(String.raw`\b${name}\s*\(`).exec(text.slice(start, start + maxCallee));
  if (opening === null) return undefined;
  return splitArguments(
    text.slice(start + opening.index + opening[0].length).slice(0, maxArguments),
  );
}

/** @param text begins behind the opening parenthesis */
function splitArguments(text: string): string[] | undefined {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const [piece] of text.matchAll(token)) {
    if (/^[([{]$/.test(piece)) depth += 1;
    else if (/^[)\]}]$/.test(piece)) depth -= 1;
    if (depth < 0) return [...parts, part].map((one) => one.trim()).filter((one) => one !== '');
    if (piece === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else if (!/^(#|\/\/)/.test(piece)) part += piece;
  }
  return undefined;
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let current = 1; current < line; current++) offset = text.indexOf('\n', offset) + 1;
  return offset;
}
