/** The same tokens twice: `length` of them from `first` and from `second`, which do not overlap. */
export interface RepeatedRun {
  first: number;
  second: number;
  length: number;
}

/** Distance of the windows that are remembered; all windows are looked up. */
const step = 16;
/** Copies that a window is compared with; more would make heavily repeated code quadratic. */
const maxCandidates = 16;
const hashBase = 0x01_00_01_93;

/**
 * Finds runs of at least `minLength` equal numbers in a stream, in time linear to its length.
 *
 * Only every 16th window is remembered. Any run of `minLength` holds a whole remembered window as long as
 * a window is 15 shorter than the run; a match is then stretched to both sides as far as it goes.
 * @param stream token ids; files are kept apart by an id of their own between them
 */
export function findRepeatedRuns(stream: Int32Array, minLength: number): RepeatedRun[] {
  const window = minLength - step + 1;
  const remembered = new Map<number, number[]>();
  const runs: RepeatedRun[] = [];
  /** Up to here the stream is known to repeat something. */
  let knownUntil = 0;
  let position = 0;
  for (const hash of windowHashes(stream, window)) {
    const candidates = remembered.get(hash);
    if (candidates !== undefined && position + window > knownUntil) {
      for (const candidate of candidates) {
        const run = stretch(stream, candidate, position);
        if (run.length < window) continue;
        knownUntil = Math.max(knownUntil, run.second + run.length);
        const length = Math.min(run.length, run.second - run.first);
        if (length >= minLength) runs.push({ ...run, length });
      }
    }
    if (position % step === 0) {
      if (candidates === undefined) remembered.set(hash, [position]);
      else if (candidates.length < maxCandidates) candidates.push(position);
    }
    position++;
  }
  return runs;
}

/** Hash of every window of the stream, in order; equal windows have equal hashes. */
function* windowHashes(stream: Int32Array, window: number): Generator<number> {
  let leaving = 1;
  for (let index = 0; index < window; index++) leaving = Math.imul(leaving, hashBase);
  let hash = 0;
  for (let index = 0; index < stream.length; index++) {
    hash = (Math.imul(hash, hashBase) + (stream[index] ?? 0)) | 0;
    if (index >= window) hash = (hash - Math.imul(leaving, stream[index - window] ?? 0)) | 0;
    if (index >= window - 1) yield hash;
  }
}

/** The longest run of equal tokens around the two positions. */
function stretch(stream: Int32Array, first: number, second: number): RepeatedRun {
  let before = 0;
  while (before < first && stream[first - before - 1] === stream[second - before - 1]) before++;
  let after = 0;
  while (second + after < stream.length && stream[first + after] === stream[second + after]) {
    after++;
  }
  return { first: first - before, second: second - before, length: before + after };
}
