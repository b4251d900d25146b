import type { ComponentFile } from '../prompts/prompt-request.ts';

export interface Place {
  path: string;
  /** 1-based; null where the whole file is meant. */
  line: number | null;
}

/** The files of a component, to look up what an agent says of places. */
export type KnownPlaces = ReadonlyMap<ComponentFile['path'], ComponentFile['lines']>;

export function knownPlaces(files: readonly ComponentFile[]): KnownPlaces {
  return new Map(files.map(({ path, lines }) => [path, lines]));
}

/** `a/b.ts:12`, `a/b.ts:12:5`, `a/b.ts#L12-L20` */
const lineInPath = /(?::(\d{1,9})(?::\d{1,9})?|#L(\d{1,9})(?:-L?\d{1,9})?)$/;

const longestPath = 4_096;

/**
 * The place that an agent means; null where the component has no such file or line. A path may be
 * written as on the agent's machine: with backslashes, a leading `./`, or below the folder of a
 * clone.
 */
export function findPlace(
  places: KnownPlaces,
  { line, path }: { line: unknown; path: string },
): Place | null {
  const written = path.slice(0, longestPath).trim();
  const found = findFile(places, written);
  if (found !== null) return withLine(places, found, readLine(line));
  const suffix = lineInPath.exec(written);
  const file = suffix === null ? null : findFile(places, written.slice(0, suffix.index));
  return file === null
    ? null
    : withLine(places, file, readLine(line) ?? readLine(suffix?.[1] ?? suffix?.[2]));
}

function findFile(places: KnownPlaces, path: string): string | null {
  if (places.has(path)) return path;
  const normal = path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  if (places.has(normal)) return normal;
  // Only below the root of a file system: elsewhere another file may bear the same name in another
  // folder.
  const isAbsolute = /^(?:[A-Za-z]:)?\//.test(normal);
  return isAbsolute ? findBelow(places, normal) : null;
}

/** The longest end of the path that is a file of the component. */
function findBelow(places: KnownPlaces, path: string): string | null {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const end = path.slice(at + 1);
    if (places.has(end)) return end;
  }
  return null;
}

/** A number, as such or in words such as `12`, `L12` or `12-20`; null where none is named. */
function readLine(line: unknown): number | null {
  if (typeof line === 'number') return line;
  if (typeof line !== 'string') return null;
  const digits = /^\D{0,20}(\d{1,9})/.exec(line);
  return digits === null ? null : Number(digits[1]);
}

function withLine(places: KnownPlaces, path: string, line: number | null): Place | null {
  if (line === null) return { path, line };
  const lines = places.get(path) ?? 0;
  return Number.isInteger(line) && line >= 1 && line <= lines ? { path, line } : null;
}
