import { oneLineText } from '../../../lib/domain/plain-text.ts';
import { formatColumns } from '../output.ts';
import type { CheckLine, CheckState } from './check-line.ts';

const words: Record<CheckState, string> = {
  ok: 'ok',
  warning: 'WARNING',
  problem: 'PROBLEM',
  off: 'off',
};

export function hasProblem(lines: readonly CheckLine[]): boolean {
  return lines.some(({ state }) => state === 'problem');
}

/** Area by area; below each line that is not well, what to do. */
export function formatCheckLines(lines: readonly CheckLine[]): string {
  const table = formatColumns(
    lines.map(({ detail, state, subject }) => [words[state], subject, detail]),
  ).split('\n');
  return lines
    .flatMap(({ advice, area }, index) => [
      ...(lines[index - 1]?.area === area ? [] : [`${index === 0 ? '' : '\n'}${area}`]),
      `  ${table[index] ?? ''}`,
      ...(advice === undefined ? [] : [`    → ${oneLineText(advice)}`]),
    ])
    .join('\n');
}
