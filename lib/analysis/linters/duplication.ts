import type { SourceFile } from '../../domain/source.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';
import { groupClones, type CloneGroup, type Region } from './clone-groups.ts';
import { findRepeatedRuns, type RepeatedRun } from './repeated-runs.ts';
import { readTokenStream, type TokenStream } from './token-stream.ts';

/** Shorter repeats are idioms more often than copies. */
const minTokens = 80;
const minLines = 12;
/** From this size on a copy costs every change twice in earnest. */
const linesOfMedium = 40;
/** Of the words in a run: above it, the run is a table of data. */
const maxLiteralShare = 0.5;
const placesNamed = 4;

export interface Duplication {
  /** One per group of copies, at its first place in the component. */
  hits: Hit[];
  /** Lines of code that stand elsewhere too, by path; files of the component only. */
  duplicatedLines: Map<string, number>;
}

/**
 * Finds code that stands in several places, word for word, layout and comments aside. Imports and tables
 * of data do not count, nor does what tests share with the code they test.
 */
export function findDuplication(files: readonly SourceFile[]): Duplication {
  const stream = readTokenStream(files);
  const runs = findRepeatedRuns(stream.ids, minTokens).filter((run) => isCopy(run, stream));
  const groups = groupClones(runs, stream).filter((group) =>
    group.regions.some(({ file }) => file.inComponent),
  );
  return { hits: groups.flatMap(toHits), duplicatedLines: countLines(groups, stream) };
}

function isCopy(run: RepeatedRun, stream: TokenStream): boolean {
  const first = stream.fileAt(run.first);
  const second = stream.fileAt(run.second);
  if (isTestPath(first.path) !== isTestPath(second.path)) return false;
  if (!first.inComponent && !second.inComponent) return false;
  return (
    Math.min(linesOf(run.first, run, stream), linesOf(run.second, run, stream)) >= minLines &&
    stream.literalShare(run.first, run.length) <= maxLiteralShare &&
    !isList(run, stream)
  );
}

/** Parameters, arguments or names, one in each line: signatures agree on purpose. */
const listEntry = /^\s*\*{0,2}['"]?[\w$-]+['"]?\??\s*(?:[:=](?!=).*)?,\s*$/;
const mostOfARun = 0.7;

function isList(run: RepeatedRun, stream: TokenStream): boolean {
  const start = stream.lineAt(run.first);
  const lines = stream
    .fileAt(run.first)
    .text.split('\n')
    .slice(start - 1, start - 1 + linesOf(run.first, run, stream))
    .filter((line) => line.trim() !== '');
  return lines.filter((line) => listEntry.test(line)).length >= lines.length * mostOfARun;
}

function linesOf(start: number, run: RepeatedRun, stream: TokenStream): number {
  return stream.lineAt(start + run.length - 1) - stream.lineAt(start) + 1;
}

function toHits(group: CloneGroup): Hit[] {
  const inOrder = group.regions.toSorted(
    (a, b) => Number(b.file.inComponent) - Number(a.file.inComponent) || a.start - b.start,
  );
  const [place, ...others] = inOrder;
  if (place === undefined) return [];
  const lines = place.endLine - place.line + 1;
  const named = others
    .slice(0, placesNamed)
    .map(({ file, line }) => (file === place.file ? `line ${line}` : `${file.path}:${line}`));
  const more = others.length - named.length;
  const list = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
  return [
    {
      rule: 'duplicate-code',
      path: place.file.path,
      line: place.line,
      message: `These ${lines} lines also stand at ${list}.`,
      severity: severityOf(place, lines),
    },
  ];
}

function severityOf(place: Region, lines: number): 'info' | 'low' | 'medium' {
  if (isTestPath(place.file.path)) return 'info';
  return lines >= linesOfMedium ? 'medium' : 'low';
}

function countLines(groups: readonly CloneGroup[], stream: TokenStream): Map<string, number> {
  const linesByPath = new Map<string, Set<number>>();
  for (const { file, start, end } of groups.flatMap(({ regions }) => regions)) {
    if (!file.inComponent) continue;
    const lines = linesByPath.get(file.path) ?? new Set();
    linesByPath.set(file.path, lines);
    for (let position = start; position < end; position++) lines.add(stream.lineAt(position));
  }
  return new Map([...linesByPath].map(([path, lines]) => [path, lines.size]));
}
