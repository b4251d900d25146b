import { plainText } from '../../../domain/plain-text.ts';

/**
 * Names, paths and messages come from the code that was analysed: they must not become markup,
 * mentions or links where the report is shown.
 */

/** Punctuation that Markdown, or the entities and formulas in it, would take for its own. */
const markup = /[\\*_[\]<>~#&$`]/g;

/** Without the punctuation around them. */
const words = /([^\s"'(),;<>`]*[^\s"'(),;<>`.:!?])/;

/**
 * What GitHub or Linear makes a link of by themselves: mentions, addresses, host names (`next.js`
 * is one), commits, `#12`, `GH-12` and `ENG-7`.
 */
const becomesLink =
  /@|\/\/|[\p{L}\p{N}_-]\.\p{L}{2}|#\d|[a-z][a-z0-9]*-\d|\b(?=[a-f]*\d)[0-9a-f]{7,40}\b/iu;

/**
 * Plain text in Markdown. A word that would become a link is shown as code, where it stays what it
 * is.
 */
export function escapeText(text: string): string {
  return plainText(text)
    .replace(/\s+/g, ' ')
    .split(words)
    .map((part) => (becomesLink.test(part) ? code(part) : part.replace(markup, String.raw`\$&`)))
    .join('');
}

/** A list, a heading that is underlined, or what Linear folds: only at the start of a line. */
const blockStart = /^([-+=]|\d+(?=[.)]))/;

/** The same where it stands at the start of a line: plain text too, no list or heading. */
export function escapeParagraph(text: string): string {
  const escaped = escapeText(text).trim();
  return escaped.replace(blockStart, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** The lines of a text that say something, to be shown as paragraphs. */
export function paragraphsOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** What somebody else has said, marked as a quotation; empty where it says nothing. */
export function quoted(paragraphs: readonly string[]): string {
  const lines = paragraphs.map(escapeParagraph).filter((line) => line !== '');
  return lines.map((line) => `> ${line}`).join('\n>\n');
}

/** What stands between backticks, and names of variables: `CODEGEN_API_TOKEN`. */
const codeInMessages = /(`[^`]+`|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b)/;

/** A message: what stands between backticks, or is a variable, is shown as code; the rest is plain text. */
export function formatMessage(message: string): string {
  return message
    .split(codeInMessages)
    .map((part, index) => (index % 2 === 0 ? escapeText(part) : code(part.replaceAll('`', ''))))
    .join('')
    .replaceAll('``', `\`${zeroWidthSpace}\``);
}

const zeroWidthSpace = '\u200b';

/** Text as inline code. Backticks and line ends inside would end it. */
export function code(text: string): string {
  const safe = plainText(text).replace(/`/g, "'").replace(/\s+/g, ' ');
  return safe.trim() === '' ? '` `' : `\`${safe}\``;
}

/**
 * Text that leads to an address, which has to be http or https; else the text alone.
 * @param text Markdown already
 */
export function link(text: string, address: string): string {
  if (!URL.canParse(address)) return text;
  const { href, protocol } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return text;
  return `[${text}](${href.replace(/[()\\|`<>[\]]/g, encodeCharacter)})`;
}

/** As `encodeURIComponent` does it, which spares the parentheses that would end the address. */
function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Rows under a head; every cell is Markdown already. Columns of figures are right-aligned. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [...tableHead(head, rows), ...rows.map(tableRow)].join('\n');
}

/** The two lines above the rows. */
export function tableHead(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  const numeric = head.map((_, column) =>
    rows.every((row) => /^[\d.,]+$|^–$/.test(String(row[column]))),
  );
  return [tableRow(head), tableRow(head.map((_, column) => (numeric[column] ? '---:' : '---')))];
}

export function tableRow(cells: readonly (string | number)[]): string {
  return `| ${cells.map(inCell).join(' | ')} |`;
}

/** A pipe would end the cell, even in code; one behind a backslash needs something in between. */
function inCell(cell: string | number): string {
  return String(cell)
    .replace(/(?<=\\)\|/g, `${zeroWidthSpace}|`)
    .replaceAll('|', String.raw`\|`);
}

export function formatNumber(value: number): string {
  return value.toLocaleString('en-US');
}

export function formatPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `1 file`, `2 files`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
