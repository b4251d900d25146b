import type { SourceFile } from '../domain/source.ts';
import { emptyFacts } from './empty-facts.ts';
import type { ThreadInspection } from './inspection-thread.ts';
import { threadFailure, type InspectionThreads, type JobOutcome } from './inspection-threads.ts';
import type { Hit } from './rule.ts';

export interface InspectionLimits {
  /** For a job of several files. */
  jobMilliseconds: number;
  /** For a file of a job that has failed. */
  fileMilliseconds: number;
  signal: AbortSignal;
}

export interface DividedInspection extends ThreadInspection {
  /** One syntax error for each file of the component that could not be analysed. */
  leftOut: Hit[];
}

/**
 * Inspects the files together and, where that hangs or ends the thread, one by one: the culprit is left
 * out, with empty facts and a note.
 * @throws UpstreamError when the threads do not work whatever they read
 */
export async function inspectDivided(
  threads: InspectionThreads,
  files: readonly SourceFile[],
  limits: InspectionLimits,
): Promise<DividedInspection> {
  const { jobMilliseconds, fileMilliseconds, signal } = limits;
  const together = await threads.inspectFiles(files, { milliseconds: jobMilliseconds, signal });
  if (together.kind === 'done') return { ...together.result, leftOut: [] };

  const inspectAlone = async (file: SourceFile): Promise<DividedInspection> => {
    const alone = await threads.inspectFiles([file], { milliseconds: fileMilliseconds, signal });
    if (alone.kind === 'done') return { ...alone.result, leftOut: [] };
    await assertWorking(threads, limits);
    return leaveOut(file, troubleOf(alone, fileMilliseconds));
  };
  const inspections = await Promise.all(files.map(inspectAlone));
  return {
    facts: inspections.flatMap(({ facts }) => facts),
    hits: inspections.flatMap(({ hits }) => hits),
    notes: inspections.flatMap(({ notes }) => notes),
    leftOut: inspections.flatMap(({ leftOut }) => leftOut),
  };
}

/** Threads that fail without any file are broken themselves, by a parser that does not load for one. */
async function assertWorking(
  threads: InspectionThreads,
  { jobMilliseconds, signal }: InspectionLimits,
): Promise<void> {
  const idle = await threads.inspectFiles([], { milliseconds: jobMilliseconds, signal });
  if (idle.kind !== 'done') throw threadFailure(troubleOf(idle, jobMilliseconds));
}

type Trouble = Exclude<JobOutcome<unknown>, { kind: 'done' }>;

function troubleOf(trouble: Trouble, milliseconds: number): string {
  return trouble.kind === 'hung'
    ? `it did not end within ${milliseconds / 1000} s`
    : `it ended the analysing thread (${trouble.reason})`;
}

function leaveOut(file: SourceFile, trouble: string): DividedInspection {
  const message = `This file could not be analysed: ${trouble}.`;
  const hit = { rule: 'syntax-error', path: file.path, line: 1, message };
  return {
    facts: [emptyFacts(file, message)],
    hits: [],
    notes: [`${file.path} was not analysed: ${trouble}.`],
    leftOut: file.inComponent ? [hit] : [],
  };
}
