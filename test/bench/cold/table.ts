import type { Sample } from './measure-process.ts';
import { ratios, summarise, type Summary } from './turns.ts';

/** Samples of one candidate, by rounds. */
export interface Measured {
  name: string;
  samples: readonly Sample[];
}

interface Figure {
  name: keyof Sample;
  title: string;
  /** How many times the straight one's ours may be. */
  atMost?: number;
}

const figures: readonly Figure[] = [
  { name: 'cold', title: 'start and first delivery, ms', atMost: 0.9 },
  { name: 'warmP50', title: 'warm delivery, p50, ms', atMost: 1.2 },
  { name: 'warmP99', title: 'warm delivery, p99, ms', atMost: 1.2 },
  { name: 'memory', title: 'most memory, MB', atMost: 1.1 },
  { name: 'cpu', title: 'processor time, ms' },
];

/**
 * A table for each figure: median, least and most of it, and of its ratio to the straight one's in the same
 * round.
 */
export function formatFigures(all: readonly Measured[], straight: Measured): string {
  return figures.map((figure) => formatFigure(figure, all, straight)).join('\n\n');
}

function formatFigure(
  { atMost, name, title }: Figure,
  all: readonly Measured[],
  straight: Measured,
): string {
  const valuesOf = ({ samples }: Measured) => samples.map((sample) => sample[name]);
  const target = atMost === undefined ? '' : `; ours at most ${atMost} times straight`;
  const rows = all.map((one) => {
    const ratio = ratios(valuesOf(one), valuesOf(straight));
    return formatRow(one.name, summarise(valuesOf(one)), ratio);
  });
  return `${title}${target}\n${rows.join('\n')}`;
}

export function formatSummary({ least, median, most }: Summary, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

function formatRow(name: string, value: Summary, ratio: Summary): string {
  const digits = value.median < 10 ? 2 : 0;
  const times = `${formatSummary(ratio, 2)} times`;
  return `  ${name.padEnd(22)} ${formatSummary(value, digits).padEnd(22)} ${times}`;
}
