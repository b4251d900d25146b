import { plainText } from '../../../domain/plain-text.ts';

/**
 * Names, paths and messages come from the code that was analysed: they must not become markup, mentions
 * or links where the report is shown.
 */

const zeroWidthSpace = '\u200b';

/** Plain text in Markdown. */
export function escapeText(text: string): string {
  return plainText(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\*_[\]<>|~#]/g, (character) => `\\${character}`)
    .replace(/@(?=\w)/g, `@${zeroWidthSpace}`);
}

/**
 * A message: what stands between backticks stays code, the rest is plain text.
 */
export function formatMessage(message: string): string {
  return message
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`') && part.endsWith('`') && part.length > 2
        ? code(part.slice(1, -1))
        : escapeText(part),
    )
    .join('');
}

/** Text as inline code. Backticks and line ends inside would end it. */
export function code(text: string): string {
  const safe = plainText(text).replace(/`/g, "'").replace(/\s+/g, ' ').replace(/\|/g, '\\|');
  return safe.trim() === '' ? '` `' : `\`${safe}\``;
}

/** Rows under a head; every cell is Markdown already. Columns of figures are right-aligned. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const numeric = head.map((_, column) =>
    rows.every((row) => /^[\d.,]+$|^–$/.test(String(row[column]))),
  );
  const rule = head.map((_, column) => (numeric[column] ? '---:' : '---'));
  return [formatRow(head), formatRow(rule), ...rows.map(formatRow)].join('\n');
}

function formatRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
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
