import { languageLabel, languageOf } from '../../domain/source-classes.ts';
import { skipReasons, type FileCounts, type SkipReason } from '../../domain/report.ts';

interface CountedFile {
  path: string;
  text: string;
  bytes: number;
}

export interface FileTally {
  add(file: CountedFile): void;
  skip(reason: SkipReason, path: string): void;
  addReference(): void;
  counts(): FileCounts;
}

/** Paths named in the report for each reason; the rest is only counted. */
const examplesKept = 3;

export function countLines(text: string): number {
  if (text === '') return 0;
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.endsWith('\n') ? lines : lines + 1;
}

/** Counts the files of a component while they are read. */
export function createFileTally(): FileTally {
  const languages = new Map<string, FileCounts['languages'][number]>();
  const skipped = new Map<SkipReason, { files: number; examples: string[] }>();
  let references = 0;

  return {
    add: ({ bytes, path, text }) => {
      const language = languageLabel(path);
      const judged = languageOf(path) !== null;
      const row = languages.get(language) ?? { language, judged, files: 0, lines: 0, bytes: 0 };
      row.files += 1;
      row.lines += countLines(text);
      row.bytes += bytes;
      languages.set(language, row);
    },

    skip: (reason, path) => {
      const row = skipped.get(reason) ?? { files: 0, examples: [] };
      row.files += 1;
      if (row.examples.length < examplesKept) row.examples.push(path);
      skipped.set(reason, row);
    },

    addReference: () => {
      references += 1;
    },

    counts: () => {
      const rows = [...languages.values()].toSorted(
        (a, b) => b.lines - a.lines || a.language.localeCompare(b.language),
      );
      const sum = (of: typeof rows, field: 'files' | 'lines' | 'bytes') =>
        of.reduce((total, row) => total + row[field], 0);
      const judged = rows.filter((row) => row.judged);
      return {
        analysed: sum(judged, 'files'),
        listed: sum(rows, 'files') - sum(judged, 'files'),
        lines: sum(judged, 'lines'),
        bytes: sum(judged, 'bytes'),
        languages: rows,
        skipped: skipReasons.flatMap((reason) => {
          const row = skipped.get(reason);
          return row === undefined ? [] : [{ reason, ...row }];
        }),
        references,
      };
    },
  };
}
