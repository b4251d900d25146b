/** Control characters, and those that turn the direction of text. */
const unseen = /(?![\t\n])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const lineEnds = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u;

/**
 * Text from outside (names of files, messages) as it may be shown: a terminal would obey its control
 * characters, a reader be misled by its direction. Tabs and line ends stay.
 */
export function plainText(text: string): string {
  return text.replace(unseen, '\ufffd');
}

/** The same for a line of a log or a cell of a table: where the text has line ends, it shows `⏎`. */
export function oneLineText(text: string): string {
  const lines = text.split(lineEnds).map((line) => line.trim());
  return plainText(lines.filter((line) => line !== '').join(' ⏎ ')).replaceAll('\t', ' ');
}

/**
 * A value as JSON that a terminal may show: what is no plain text stands as an escape, and is the same when it is read.
 * @param indent blanks for each level. Default: all on one line
 */
export function plainJson(value: object | null, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(unseen, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The first `characters` of a text; an ellipsis takes the place of the last one where it is cut. */
export function shorten(text: string, characters: number): string {
  const all = Array.from(text);
  if (all.length <= characters) return text;
  const kept = all.slice(0, characters - 1).join('');
  return `${kept.trimEnd()}…`;
}
