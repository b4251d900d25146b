import type { SourceFile } from '../../domain/source.ts';
import type { RepeatedRun } from './repeated-runs.ts';
import type { TokenStream } from './token-stream.ts';

/** One of the places where copied code stands. */
export interface Region {
  file: SourceFile;
  line: number;
  endLine: number;
  /** Positions in the token stream; `end` is the first one after it. */
  start: number;
  end: number;
}

/** The same code in two or more places. */
export interface CloneGroup {
  regions: Region[];
}

/**
 * Puts runs that share a place into one group, longest first: a third copy joins the first two instead of
 * being reported as two more pairs, and a part of a known copy is not news.
 */
export function groupClones(runs: readonly RepeatedRun[], stream: TokenStream): CloneGroup[] {
  const groups: CloneGroup[] = [];
  const known = new Map<SourceFile, { region: Region; group: CloneGroup }[]>();

  const groupOf = (region: Region): CloneGroup | undefined =>
    known.get(region.file)?.find((entry) => coversMost(entry.region, region))?.group;
  const add = (group: CloneGroup, region: Region): void => {
    group.regions.push(region);
    const entries = known.get(region.file) ?? [];
    known.set(region.file, entries);
    entries.push({ region, group });
  };

  for (const run of runs.toSorted((a, b) => b.length - a.length || a.first - b.first)) {
    const first = regionAt(run.first, run.length, stream);
    const second = regionAt(run.second, run.length, stream);
    const ofFirst = groupOf(first);
    const ofSecond = groupOf(second);
    if (ofFirst !== undefined && ofSecond !== undefined) continue;
    const group = ofFirst ?? ofSecond ?? { regions: [] };
    if (ofFirst === undefined && ofSecond === undefined) groups.push(group);
    if (ofFirst === undefined) add(group, first);
    if (ofSecond === undefined) add(group, second);
  }
  return groups.toSorted((a, b) => startOf(a) - startOf(b));
}

function regionAt(start: number, length: number, stream: TokenStream): Region {
  const end = start + length;
  return {
    file: stream.fileAt(start),
    line: stream.lineAt(start),
    endLine: stream.lineAt(end - 1),
    start,
    end,
  };
}

function coversMost(known: Region, region: Region): boolean {
  const shared = Math.min(known.end, region.end) - Math.max(known.start, region.start);
  return shared * 2 > region.end - region.start;
}

function startOf(group: CloneGroup): number {
  return Math.min(...group.regions.map(({ start }) => start));
}
