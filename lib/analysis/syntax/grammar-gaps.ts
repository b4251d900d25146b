/**
 * TypeScript that is newer than the grammar (0.23): `export type * from`, and the variance of type
 * parameters, `<in out T>`. Each keyword is blanked, so that every offset stays what it was.
 */
const unknownKeywords = new RegExp(
  [
    String.raw`(?<=\bexport\s+)type(?=\s*\*)`,
    String.raw`(?<=[<,]\s*|^[ \t]+)(?:in\s+out|in|out)(?=\s+[A-Z_$][\w$]*\s*(?:extends\b|[=,>]))`,
  ].join('|'),
  'gm',
);

/** The text with blanks in place of keywords that the TypeScript grammar does not know. */
export function blankUnknownKeywords(text: string): string {
  return text.replaceAll(unknownKeywords, (keyword) => ' '.repeat(keyword.length));
}
