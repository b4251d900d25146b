import type { SourceFile } from '../domain/source.ts';
import { inspectDivided, type DividedInspection } from './divided-inspection.ts';
import { judgedOnce, writtenByHand } from './built-copies.ts';
import {
  createInspectionThreads,
  threadFailure,
  type InspectionThreads,
} from './inspection-threads.ts';
import { withConfirmedSyntaxErrors } from './linters/confirmed-syntax-errors.ts';
import type { Duplication } from './linters/duplication.ts';
import { lint } from './linters/oxlint.ts';
import { withoutSharedSignatures } from './linters/shared-signatures.ts';
import type { Inspection, SourceInspector } from './source-inspector.ts';

/** Text per job: small enough for progress to be seen and for threads to end together. */
const jobCharacters = 250_000;
/** A job takes about a second. */
const jobMilliseconds = 60_000;
const fileMilliseconds = 20_000;
/** 100 MB of source take two minutes with everything else: what takes longer hangs. */
const duplicationMilliseconds = 600_000;

/** Inspects on worker threads, so that a host goes on answering while it analyses. */
export function createThreadedInspector(): SourceInspector {
  const threads = createInspectionThreads();
  return {
    inspect: async (all, onProgress): Promise<Inspection> => {
      const files = judgedOnce(all);
      const scripts = files.filter((file) => file.inComponent && file.language !== 'python');
      const jobs = splitIntoJobs(files);
      const failed = new AbortController();
      const { signal } = failed;
      let done = 0;
      const inspectJob = async (job: SourceFile[]): Promise<DividedInspection> => {
        const limits = { jobMilliseconds, fileMilliseconds, signal };
        const inspection = await inspectDivided(threads, job, limits);
        done += job.length;
        onProgress(done, files.length);
        return inspection;
      };
      try {
        const [inspections, duplication, linted] = await Promise.all([
          Promise.all(jobs.map(inspectJob)),
          findDuplication(threads, writtenByHand(files), signal),
          lint(scripts, { signal }),
        ]);
        const read = inspections.flatMap((inspection) => inspection.hits);
        const hits = withConfirmedSyntaxErrors(read, {
          ...linted,
          leftOut: inspections.flatMap(({ leftOut }) => leftOut),
        });
        return {
          facts: inspections.flatMap(({ facts }) => facts),
          hits: withoutSharedSignatures([...hits, ...duplication.hits]),
          duplicatedLines: sum(duplication.duplicatedLines.values()),
          notes: [...inspections.flatMap(({ notes }) => notes), ...linted.notes],
        };
      } finally {
        // After a failure the other jobs would go on for nobody.
        failed.abort();
      }
    },
    close: () => threads.close(),
  };
}

async function findDuplication(
  threads: InspectionThreads,
  files: readonly SourceFile[],
  signal: AbortSignal,
): Promise<Duplication> {
  const limits = { milliseconds: duplicationMilliseconds, signal };
  const outcome = await threads.inspectDuplication(files, limits);
  if (outcome.kind === 'done') return outcome.result;
  throw threadFailure(
    outcome.kind === 'hung' ? 'no duplicates within ten minutes' : outcome.reason,
  );
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
