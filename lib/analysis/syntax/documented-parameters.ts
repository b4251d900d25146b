/** A parameter that a documentation text names, with its offset in the text. */
export interface DocumentedParameter {
  name: string;
  offset: number;
}

const sphinxParameter = /^[ \t]*:param[ \t]+(?:[\w.[\], |]+[ \t]+)?\*{0,2}(\w+)[ \t]*:/gm;
/** `:param name str:` has them the wrong way round, and means well. */
const typeName = /^(?:bool|int|str|string|float|bytes|dict|list|set|tuple|object|any)$/i;
const argumentSection = /^([ \t]*)(?:Args|Arguments|Parameters|Params):[ \t]*\r?\n/gm;
const googleParameter = /^([ \t]*)\*{0,2}(\w+)\s*(?:\([^)\n]*\))?\s*:/;

/** Parameters of a Python docstring in the notation of Sphinx or of Google. */
export function docstringParameters(text: string): DocumentedParameter[] {
  const sphinx = [...text.matchAll(sphinxParameter)]
    .map((match) => ({ name: match[1] ?? '', offset: match.index + match[0].search(/\S/) }))
    .filter(({ name }) => !typeName.test(name));
  return [...sphinx, ...googleParameters(text)];
}

/** Entries of an `Args:` section stand one step deeper than its title, all in one column. */
function googleParameters(text: string): DocumentedParameter[] {
  const found: DocumentedParameter[] = [];
  for (const section of text.matchAll(argumentSection)) {
    const outer = section[1]?.length ?? 0;
    let column: number | null = null;
    let offset = section.index + section[0].length;
    for (const line of text.slice(offset).split('\n')) {
      const indent = line.search(/\S/);
      if (indent !== -1 && indent <= outer) break;
      if (indent !== -1) column ??= indent;
      const name = indent === column ? googleParameter.exec(line)?.[2] : undefined;
      if (name !== undefined) found.push({ name, offset: offset + indent });
      offset += line.length + 1;
    }
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
