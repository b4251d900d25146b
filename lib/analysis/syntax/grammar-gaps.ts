/**
 * TypeScript that the grammar (0.23) does not know: `export type * from`, the variance of type
 * parameters, `<in out T>`, and type parameters right after an opening bracket, `to<<C>(c: C) => C>()`,
 * which it takes for a shift. Each is blanked, so that every offset stays what it was.
 */
const unknownParts = new RegExp(
  [
    String.raw`(?<=\bexport\s+)type(?=\s*\*)`,
    String.raw`(?<=[<,]\s*|^[ \t]+)(?:in\s+out|in|out)(?=\s+[A-Z_$][\w$]*\s*(?:extends\b|[=,>]))`,
    String.raw`(?<=[\w$]<)<[A-Z_$][\w$]*(?:\s+extends\s[^<>()]+)?>(?=\s*\()`,
  ].join('|'),
  'gm',
);

/** The text with blanks in place of what the TypeScript grammar does not know. */
export function blankUnknownParts(text: string): string {
  return text.replaceAll(unknownParts, (part) => ' '.repeat(part.length));
}
