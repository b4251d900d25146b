import { oneLineText } from '../../../lib/domain/plain-text.ts';
import { formatColumns } from '../output.ts';
import { checkAreas, type CheckLine, type CheckState } from './check-line.ts';

const words: Record<CheckState, string> = {
  ok: 'ok',
  warning: 'WARNING',
  problem: 'PROBLEM',
  off: 'off',
};

export function hasProblem(lines: readonly CheckLine[]): boolean {
  return lines.some(({ state }) => state === 'problem');
}

/** What is to be said where commands are told to somebody who looks at a stack; undefined where none are. */
export function noteOnStack(
  lines: readonly CheckLine[],
  stack: string | undefined,
): string | undefined {
  const tellsCommands = lines.some(({ advice }) => advice?.includes('cicd ') === true);
  if (stack === undefined || !tellsCommands) return undefined;
  return `The commands above take --stack ${stack}, too.`;
}

/** In the order of the areas; within one, as they come. */
export function sortByArea(lines: readonly CheckLine[]): CheckLine[] {
  return checkAreas.flatMap((area) => lines.filter((line) => line.area === area));
}

/** Area by area; below lines that are not well, what to do: once for those that follow each other. */
export function formatCheckLines(lines: readonly CheckLine[]): string {
  const table = formatColumns(
    lines.map(({ detail, state, subject }) => [words[state], subject, detail]),
  ).split('\n');
  return lines
    .flatMap(({ advice, area }, index) => {
      const next = lines[index + 1];
      const isLast = next?.area !== area || next.advice !== advice;
      return [
        ...(lines[index - 1]?.area === area ? [] : [`${index === 0 ? '' : '\n'}${area}`]),
        `  ${table[index] ?? ''}`,
        ...(advice === undefined || !isLast ? [] : [`    → ${oneLineText(advice)}`]),
      ];
    })
    .join('\n');
}
