import { once } from 'node:events';
import { oneLineText, plainJson } from '../../lib/domain/plain-text.ts';

/** Writes to standard output and waits until it has taken everything, however large. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)) {
    await once(process.stdout, 'drain');
  }
}

export function printProgress(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function printJson(value: object | null): Promise<void> {
  return print(plainJson(value, 2));
}

/** Columns as wide as their widest cell, two blanks apart; a row is one line, whatever its cells hold. */
export function formatColumns(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(oneLineText));
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
