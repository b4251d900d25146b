import type { SourceFile } from '../domain/source.ts';
import type { FileFacts } from './facts.ts';
import type { Hit } from './rule.ts';

export interface Inspection {
  /** Of every file, in the files' order. */
  facts: FileFacts[];
  /** What linters and syntax checks say of the component's files. */
  hits: Hit[];
  /** Lines of the component that stand elsewhere too. */
  duplicatedLines: number;
  /** What a linter could not do; the rest of its work stands. */
  notes: string[];
}

/** Parses and lints source files, off the thread that serves everything else. */
export interface SourceInspector {
  /** @param onProgress called now and then with the number of files done */
  inspect(
    files: readonly SourceFile[],
    onProgress: (done: number, total: number) => void,
  ): Promise<Inspection>;
  /** Ends the threads. */
  close(): Promise<void>;
}
