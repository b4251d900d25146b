import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { SourceFile } from '../domain/source.ts';
import type { ThreadInspection } from './inspection-thread.ts';
import type { Duplication } from './linters/duplication.ts';
import { lint } from './linters/oxlint.ts';
import { withoutSharedSignatures } from './linters/shared-signatures.ts';
import type { Inspection, SourceInspector } from './source-inspector.ts';

/** Text per job: small enough for progress to be seen and for threads to end together. */
const jobCharacters = 250_000;
/** The parsers' memory is freed when nobody has needed them for a while. */
const idleMilliseconds = 20_000;
const mostThreads = 4;
/** Short-lived objects abound here; V8's own limit lets each thread hold 100 MB more of them. */
const youngGenerationMegabytes = 16;

/** Inspects on worker threads, so that a host goes on answering while it analyses. */
export function createThreadedInspector(): SourceInspector {
  const threads = new Piscina({
    filename: new URL('./inspection-thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.min(mostThreads, availableParallelism()),
    idleTimeout: idleMilliseconds,
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMegabytes },
  });

  return {
    inspect: async (files, onProgress): Promise<Inspection> => {
      const scripts = files.filter((file) => file.inComponent && file.language !== 'python');
      const [inspections, duplication, scriptHits] = await Promise.all([
        inspectInJobs(threads, files, onProgress),
        inspectDuplication(threads, files),
        lint(scripts),
      ]);
      return {
        facts: inspections.flatMap(({ facts }) => facts),
        hits: withoutSharedSignatures([
          ...inspections.flatMap(({ hits }) => hits),
          ...duplication.hits,
          ...scriptHits,
        ]),
        duplicatedLines: sum(duplication.duplicatedLines.values()),
        notes: inspections.flatMap(({ notes }) => notes),
      };
    },
    close: () => threads.destroy(),
  };
}

function inspectInJobs(
  threads: Piscina,
  files: readonly SourceFile[],
  onProgress: (done: number, total: number) => void,
): Promise<ThreadInspection[]> {
  let done = 0;
  return Promise.all(
    splitIntoJobs(files).map(async (job) => {
      const inspection: ThreadInspection = await threads.run(job, { name: 'inspectFiles' });
      done += job.length;
      onProgress(done, files.length);
      return inspection;
    }),
  );
}

function inspectDuplication(threads: Piscina, files: readonly SourceFile[]): Promise<Duplication> {
  return threads.run(files, { name: 'inspectDuplication' });
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function splitIntoJobs(files: readonly SourceFile[]): SourceFile[][] {
  const jobs: SourceFile[][] = [];
  let characters = Infinity;
  for (const file of files) {
    if (characters >= jobCharacters) {
      jobs.push([]);
      characters = 0;
    }
    jobs.at(-1)?.push(file);
    characters += file.text.length;
  }
  return jobs;
}
