/** A parameter that a documentation text names, with its offset in the text. */
export interface DocumentedParameter {
  name: string;
  offset: number;
}

/** `:param str | None name` up to its second colon: the name is its last word. */
const sphinxParameter = /^[ \t]*:param[ \t]([\w.[\], |\t*]+):/;
/** `:param name str:` has them the wrong way round, and means well. */
const typeName = /^(?:bool|int|str|string|float|bytes|dict|list|set|tuple|object|any)$/i;
const argumentSection = /^[ \t]*(?:Args|Arguments|Parameters|Params):\s*$/;
const googleParameter = /^\s*\*{0,2}(\w+)\s*(?:\([^)]*\)\s*)?:/;

/** Parameters of a Python docstring in the notation of Sphinx or of Google. */
export function docstringParameters(text: string): DocumentedParameter[] {
  const lines = linesOf(text);
  return [...lines.flatMap(sphinxParameters), ...googleParameters(lines)];
}

interface Line {
  text: string;
  /** In the whole text. */
  offset: number;
  /** Number of blanks before the first word, -1 where there is none. */
  indent: number;
}

function linesOf(text: string): Line[] {
  let offset = 0;
  return text.split('\n').map((line) => {
    const start = offset;
    offset += line.length + 1;
    return { text: line, offset: start, indent: line.search(/\S/) };
  });
}

function sphinxParameters({ text, offset, indent }: Line): DocumentedParameter[] {
  const declared =
    sphinxParameter
      .exec(text)?.[1]
      ?.trim()
      .split(/[ \t]+/) ?? [];
  const name = /^\*{0,2}(\w+)$/.exec(declared.at(-1) ?? '')?.[1];
  return name === undefined || typeName.test(name) ? [] : [{ name, offset: offset + indent }];
}

/** Entries of an `Args:` section stand one step deeper than its title, all in one column. */
function googleParameters(lines: readonly Line[]): DocumentedParameter[] {
  const found: DocumentedParameter[] = [];
  let section: { indent: number; column: number | null } | null = null;
  for (const { text, offset, indent } of lines) {
    if (indent === -1) continue;
    if (section !== null && indent <= section.indent) section = null;
    if (section === null) {
      if (argumentSection.test(text)) section = { indent, column: null };
      continue;
    }
    section.column ??= indent;
    const name = indent === section.column ? googleParameter.exec(text)?.[1] : undefined;
    if (name !== undefined) found.push({ name, offset: offset + indent });
  }
  return found;
}

const jsdocParameter = /@param\s+(?:\{(?:[^{}]|\{[^{}]*\})*\}\s+)?(\[?)([\w$]+)([\w$.[\]]*)/g;

/** Parameters of a JSDoc comment; properties of a parameter (`options.size`) belong to it. */
export function jsdocParameters(text: string): DocumentedParameter[] {
  return [...text.matchAll(jsdocParameter)]
    .filter((match) => !(match[3] ?? '').startsWith('.') && !(match[3] ?? '').startsWith('['))
    .map((match) => ({ name: match[2] ?? '', offset: match.index }));
}
