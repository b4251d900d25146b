import type { Source } from '../domain/source.ts';

/** A file or something else that stands where a file could be. */
export interface SourceEntry {
  /** Relative to the source's root, with `/`. */
  path: string;
  /** `ignored` stands for a file or a whole folder that the source's own ignore rules leave out. */
  kind: 'file' | 'symlink' | 'special' | 'ignored' | 'unreadable';
  /** Bytes; 0 for what is not a file. */
  size: number;
  /**
   * The whole content, at most once and before the next entry is asked for: what comes as a stream is
   * gone then. Rejects where the file cannot be read (any more).
   */
  read(): Promise<Uint8Array>;
}

export interface SourceListing {
  /** 40 hex digits where the source knows its commit, else null. */
  commit: string | null;
  /** In no particular order; each path once. */
  entries: AsyncIterable<SourceEntry>;
}

/** Gives access to the files of a source without executing or changing anything in it. */
export interface SourceHost<Kind extends Source = Source> {
  /**
   * Fails like its entries do: with a RequestRejectedError when there is no such source or it is too large,
   * with an UpstreamError when whoever has it cannot be reached or breaks off.
   */
  open(source: Kind): Promise<SourceListing>;
}
