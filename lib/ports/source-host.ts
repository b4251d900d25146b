import type { Source } from '../domain/source.ts';

/** A file or something else that stands where a file could be. */
export interface SourceEntry {
  /** Relative to the source's root, with `/`. */
  path: string;
  /** `ignored` stands for a file or a whole folder that the source's own ignore rules leave out. */
  kind: 'file' | 'symlink' | 'special' | 'ignored' | 'unreadable';
  /** Bytes; 0 for what is not a file. */
  size: number;
  /** The whole content. Rejects where the file cannot be read (any more). */
  read(): Promise<Uint8Array>;
}

export interface SourceListing {
  /** 40 hex digits where the source knows its commit, else null. */
  commit: string | null;
  /** In no particular order; each path once. */
  entries: AsyncIterable<SourceEntry>;
}

/** Gives access to the files of a source without executing or changing anything in it. */
export interface SourceHost {
  /** @throws RequestRejectedError when there is no such source. */
  open(source: Source): Promise<SourceListing>;
}
