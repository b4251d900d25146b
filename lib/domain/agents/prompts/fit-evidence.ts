import { quoteLine } from './untrusted-block.ts';

export interface EvidenceSection {
  title: string;
  /** The most telling first; they may hold text from outside. */
  lines: readonly string[];
  /** Lines there would be, where not all of them were given. */
  total: number;
}

/** For the empty line above a section, its title, and the line that tells what is left out. */
const frameCharacters = 120;

/**
 * The lines of all sections, quoted. Where there is not room for all, each section gets as much as
 * the others, and what one does not need goes to those that do: a thousand findings do not push out
 * the files.
 * @param room characters of all lines together, their line ends included
 */
export function fitEvidence(sections: readonly EvidenceSection[], room: number): string[] {
  const quoted = sections.map((section) => ({ ...section, lines: section.lines.map(quoteLine) }));
  const needs = quoted.map(({ lines }) => lengthOf(lines));
  const shares = shareFairly(needs, room - sections.length * frameCharacters);
  const fitted = quoted.map((section, index) => fitSection(section, shares[index] ?? 0));
  return fitted.flatMap((lines, index) => (index === 0 ? lines : [quoteLine('')].concat(lines)));
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** As much as each needs; where it does not suffice, nobody gets more than who goes short. */
export function shareFairly(needs: readonly number[], room: number): number[] {
  const shares = needs.map(() => 0);
  const modestFirst = needs
    .map((need, index) => ({ need, index }))
    .toSorted((a, b) => a.need - b.need);
  let left = Math.max(0, room);
  modestFirst.forEach(({ index, need }, turn) => {
    const share = Math.min(need, Math.floor(left / (modestFirst.length - turn)));
    shares[index] = share;
    left -= share;
  });
  return shares;
}

function fitSection({ lines, title, total }: EvidenceSection, room: number): string[] {
  const kept: string[] = [];
  let left = room;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  const hidden = total - kept.length;
  const rest = hidden > 0 ? [quoteLine(`… and ${hidden} more`)] : [];
  return [quoteLine(`## ${title}`), ...kept, ...rest];
}
