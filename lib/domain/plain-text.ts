/** Control characters, and those that turn the direction of text. */
const unseen = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text from outside (names of files, messages) as it may be shown: a terminal would obey its control
 * characters, a reader be misled by its direction. Tabs and line ends stay.
 */
export function plainText(text: string): string {
  return text.replace(unseen, '\ufffd');
}

/** The first `characters` of a text; an ellipsis takes the place of the last one where it is cut. */
export function shorten(text: string, characters: number): string {
  const all = Array.from(text);
  if (all.length <= characters) return text;
  const kept = all.slice(0, characters - 1).join('');
  return `${kept.trimEnd()}…`;
}
