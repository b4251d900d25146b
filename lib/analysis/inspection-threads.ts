import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import { messageOf, UpstreamError } from '../domain/errors.ts';
import type { SourceFile } from '../domain/source.ts';
import type { ThreadInspection } from './inspection-thread.ts';
import type { Duplication } from './linters/duplication.ts';

/** The parsers' memory is freed when nobody has needed them for a while. */
const idleMilliseconds = 20_000;
const mostThreads = 4;
/** Short-lived objects abound here; V8's own limit lets each thread hold 100 MB more of them. */
const youngGenerationMegabytes = 16;

export interface JobLimits {
  /** From the start of the job; waiting for a thread does not count. */
  milliseconds: number;
  signal: AbortSignal;
}

export type JobOutcome<Result> =
  | { kind: 'done'; result: Result }
  | { kind: 'hung' }
  /** It threw, or its thread died. */
  | { kind: 'failed'; reason: string };

/**
 * Worker threads that parse and lint. A job that is aborted or takes too long takes its thread with it.
 * Both functions throw the reason of an aborted signal, and an UpstreamError when no thread can start.
 */
export interface InspectionThreads {
  inspectFiles(
    files: readonly SourceFile[],
    limits: JobLimits,
  ): Promise<JobOutcome<ThreadInspection>>;
  inspectDuplication(
    files: readonly SourceFile[],
    limits: JobLimits,
  ): Promise<JobOutcome<Duplication>>;
  close(): Promise<void>;
}

/** @param threadModule what the threads run; default: `inspection-thread.ts` */
export function createInspectionThreads(
  threadModule = new URL(import.meta.resolve('#inspection-thread')),
): InspectionThreads {
  const maxThreads = Math.min(mostThreads, availableParallelism());
  const inSlot = pLimit(maxThreads);
  let pool: StartedPool | undefined;

  const startPool = (): StartedPool => {
    const threads = new Piscina({
      filename: threadModule.href,
      minThreads: 0,
      maxThreads,
      idleTimeout: idleMilliseconds,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMegabytes },
    });
    const started: StartedPool = { threads, failure: null };
    // A thread that cannot even start would be started again for ever: its jobs fail instead.
    threads.once('error', (error) => {
      started.failure = threadFailure(error);
      pool = undefined;
      void threads.destroy();
    });
    return started;
  };

  const run = (name: string, files: readonly SourceFile[], limits: JobLimits) =>
    inSlot(() => {
      pool ??= startPool();
      return runJob(pool, { name, files }, limits);
    });

  return {
    inspectFiles: (files, limits) => run('inspectFiles', files, limits),
    inspectDuplication: (files, limits) => run('inspectDuplication', files, limits),
    close: async () => pool?.threads.destroy(),
  };
}

interface StartedPool {
  threads: Piscina;
  /** Why its threads do not start. */
  failure: UpstreamError | null;
}

async function runJob(
  pool: StartedPool,
  job: { name: string; files: readonly SourceFile[] },
  { signal, milliseconds }: JobLimits,
) {
  signal.throwIfAborted();
  const limit = AbortSignal.timeout(milliseconds);
  try {
    const ended = AbortSignal.any([signal, limit]);
    const result = await pool.threads.run(job.files, { name: job.name, signal: ended });
    return { kind: 'done', result } as const;
  } catch (error) {
    signal.throwIfAborted();
    if (pool.failure !== null) throw pool.failure;
    if (limit.aborted) return { kind: 'hung' } as const;
    return { kind: 'failed', reason: messageOf(error) } as const;
  }
}

/** An analysis without threads: the machine's trouble or ours, not that of the files. */
export function threadFailure(cause: unknown): UpstreamError {
  const message = `A thread that analyses has failed: ${messageOf(cause)}`;
  return new UpstreamError(message, { service: 'inspection', retryable: true, cause });
}
