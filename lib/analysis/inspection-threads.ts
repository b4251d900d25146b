import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { UpstreamError } from '../domain/errors.ts';
import type { SourceFile } from '../domain/source.ts';
import type { ThreadInspection } from './inspection-thread.ts';
import type { Duplication } from './linters/duplication.ts';

/** The parsers' memory is freed when nobody has needed them for a while. */
const idleMilliseconds = 20_000;
const mostThreads = 4;
/** Short-lived objects abound here; V8's own limit lets each thread hold 100 MB more of them. */
const youngGenerationMegabytes = 16;

/** Worker threads that parse and lint. A job that is aborted takes its thread with it. */
export interface InspectionThreads {
  inspectFiles(files: readonly SourceFile[], signal: AbortSignal): Promise<ThreadInspection>;
  inspectDuplication(files: readonly SourceFile[], signal: AbortSignal): Promise<Duplication>;
  close(): Promise<void>;
}

/** @param threadModule what the threads run; default: `inspection-thread.ts` */
export function createInspectionThreads(
  threadModule = new URL('./inspection-thread.ts', import.meta.url),
): InspectionThreads {
  let pool: Piscina | undefined;
  let failure: unknown;

  const startPool = (): Piscina => {
    const threads = new Piscina({
      filename: threadModule.href,
      minThreads: 0,
      maxThreads: Math.min(mostThreads, availableParallelism()),
      idleTimeout: idleMilliseconds,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMegabytes },
    });
    // A thread that cannot even start would be started again for ever: its jobs fail instead.
    threads.once('error', (error) => {
      failure = error;
      pool = undefined;
      void threads.destroy();
    });
    return threads;
  };

  const run = async (name: string, files: readonly SourceFile[], signal: AbortSignal) => {
    pool ??= startPool();
    try {
      return await pool.run(files, { name, signal });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const cause = failure ?? error;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `A thread that analyses has failed: ${reason}`;
      throw new UpstreamError(message, { service: 'inspection', retryable: true, cause });
    }
  };

  return {
    inspectFiles: (files, signal) => run('inspectFiles', files, signal),
    inspectDuplication: (files, signal) => run('inspectDuplication', files, signal),
    close: async () => pool?.destroy(),
  };
}
