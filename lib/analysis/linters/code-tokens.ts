import type { Language } from '../../domain/source.ts';

/** Tokens of one file, layout and comments left out. Both lists run in step. */
export interface CodeTokens {
  texts: string[];
  /** 1-based. */
  lines: number[];
}

/** No pattern looks far ahead in vain: a hostile file must not stall the search. */
interface Grammar {
  /** White space and comments. */
  skip: RegExp;
  token: RegExp;
  /** An import statement, where a line begins with its first word. */
  importStatement: RegExp;
}

const words = String.raw`[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*`;
const quoted = String.raw`"[^"\\\n]*(?:\\[^][^"\\\n]*)*"|'[^'\\\n]*(?:\\[^][^'\\\n]*)*'`;
const anything = String.raw`[^]`;

const pythonGrammar: Grammar = {
  skip: /(?:\s|\\\r?\n|#[^\n]*)+/y,
  token: new RegExp(`"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|${quoted}|${words}|${anything}`, 'uy'),
  importStatement:
    /(?:from\s+[\w.]+\s+import\s*(?:\([^)]{0,2000}\)|[^\n\\]*(?:\\\r?\n[^\n\\]*)*)|import\s[^\n]*)/y,
};

/** Exact enough to compare code: a regular expression with a quote in it may come out in pieces. */
const scriptGrammar: Grammar = {
  skip: /(?:\s|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))+/y,
  token: new RegExp(
    `\`[^\`\\\\]*(?:\\\\[^][^\`\\\\]*)*(?:\`|$)|${quoted}|${words}|${anything}`,
    'uy',
  ),
  importStatement:
    /(?:import\s*(?:[\w$*{},\s]{0,2000}?\bfrom\s*)?|export\s*(?:type\s*)?[*{][\w$*{},\s]{0,2000}?\bfrom\s*)['"][^'"\n]*['"];?/y,
};

/** Cuts code into tokens for comparison. Imports are left out: every file has them. */
export function tokenise(text: string, language: Language): CodeTokens {
  const { skip, token, importStatement } = language === 'python' ? pythonGrammar : scriptGrammar;
  const tokens: CodeTokens = { texts: [], lines: [] };
  let line = 1;
  let lineEnd = endOfLine(text, 0);
  let lastLine = 0;
  let position = matchEnd(skip, text, 0) ?? 0;
  while (position < text.length) {
    while (position > lineEnd) {
      line++;
      lineEnd = endOfLine(text, lineEnd + 1);
    }
    const importEnd = line === lastLine ? undefined : matchEnd(importStatement, text, position);
    const end = importEnd ?? matchEnd(token, text, position) ?? position + 1;
    if (importEnd === undefined) {
      tokens.texts.push(text.slice(position, end));
      tokens.lines.push(line);
    }
    lastLine = line;
    position = matchEnd(skip, text, end) ?? end;
  }
  return tokens;
}

function matchEnd(pattern: RegExp, text: string, position: number): number | undefined {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
