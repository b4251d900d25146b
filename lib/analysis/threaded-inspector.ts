import { UpstreamError } from '../domain/errors.ts';
import type { SourceFile } from '../domain/source.ts';
import type { ThreadInspection } from './inspection-thread.ts';
import { judgedOnce, writtenByHand } from './built-copies.ts';
import { createInspectionThreads } from './inspection-threads.ts';
import { withConfirmedSyntaxErrors } from './linters/confirmed-syntax-errors.ts';
import { lint } from './linters/oxlint.ts';
import { withoutSharedSignatures } from './linters/shared-signatures.ts';
import type { Inspection, SourceInspector } from './source-inspector.ts';

/** Text per job: small enough for progress to be seen and for threads to end together. */
const jobCharacters = 250_000;
/** 100 MB of source take two minutes: what takes longer hangs. */
const longestMilliseconds = 600_000;

/** Inspects on worker threads, so that a host goes on answering while it analyses. */
export function createThreadedInspector(): SourceInspector {
  const threads = createInspectionThreads();
  return {
    inspect: async (all, onProgress): Promise<Inspection> => {
      const files = judgedOnce(all);
      const scripts = files.filter((file) => file.inComponent && file.language !== 'python');
      const jobs = splitIntoJobs(files);
      const { signal, abort } = timeLimit();
      let done = 0;
      const inspectJob = async (job: SourceFile[]): Promise<ThreadInspection> => {
        const inspection = await threads.inspectFiles(job, signal);
        done += job.length;
        onProgress(done, files.length);
        return inspection;
      };
      try {
        const [inspections, duplication, linted] = await Promise.all([
          Promise.all(jobs.map(inspectJob)),
          threads.inspectDuplication(writtenByHand(files), signal),
          lint(scripts, { signal }),
        ]);
        const read = inspections.flatMap((inspection) => inspection.hits);
        const hits = withConfirmedSyntaxErrors(read, linted);
        return {
          facts: inspections.flatMap(({ facts }) => facts),
          hits: withoutSharedSignatures([...hits, ...duplication.hits]),
          duplicatedLines: sum(duplication.duplicatedLines.values()),
          notes: [...inspections.flatMap(({ notes }) => notes), ...linted.notes],
        };
      } finally {
        // After a failure the other jobs would go on for nobody.
        abort();
      }
    },
    close: () => threads.close(),
  };
}

function timeLimit(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  const message =
    'The source could not be inspected within ten minutes. Give the component fewer paths.';
  const timer = setTimeout(() => {
    controller.abort(new UpstreamError(message, { service: 'inspection', retryable: false }));
  }, longestMilliseconds);
  return {
    signal: controller.signal,
    abort: () => {
      clearTimeout(timer);
      controller.abort();
    },
  };
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
