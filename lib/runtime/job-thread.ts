import { AsyncLocalStorage } from 'node:async_hooks';
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import { messageOf, UpstreamError } from '../domain/errors.ts';
import type { Job, JobMessage, JobRequest } from './job-messages.ts';
import { fromPlainError } from './thread-errors.ts';

/** Short-lived objects abound here; V8's own limit lets the thread hold 100 MB more of them. */
const youngGenerationMegabytes = 32;

export interface JobThreadOptions {
  /** The thread's memory is freed when nobody has needed it for so long, in milliseconds. Default: 20 s. */
  idleFor?: number;
  /**
   * A job that takes longer, in milliseconds, ends the thread: nothing else frees a thread from one that is
   * caught in a loop. Default: 10 minutes, ten times the longest one seen.
   */
  jobLimit?: number;
}

const defaults = { idleFor: 20_000, jobLimit: 600_000 };

/**
 * Gives the job that a thread serves under this name; jobs may be begun twice. It throws what the job has
 * thrown there, a retryable UpstreamError when the thread does not start or dies, and a final one when
 * the job takes too long on a thread of its own.
 */
export type JobOnThread = <Request, Result>(name: string) => Job<Request, Result>;

/**
 * One thread that does jobs side by side, so that what takes processor time delays nobody else. It starts
 * with the first job, ends when it idles and does not keep the process alive. A job that takes too long
 * there may only have waited for one that is caught in a loop: it gets a thread of its own, where it can
 * do the others no harm, and the others begin again on a new one.
 * @param module calls `serveJobs`
 */
export function createJobThread(module: URL, options: JobThreadOptions = {}): JobOnThread {
  const limits = { ...defaults, ...options };
  let shared: JobThread | undefined;
  let lastId = 0;

  const askShared = (job: AskedJob): void => {
    if (shared?.hasEnded() !== false) shared = startThread(module, limits, shareOut);
    shared.ask(job);
  };
  const shareOut = (late: AskedJob, others: readonly AskedJob[]): void => {
    startThread(module, limits, ({ reject }) => reject(tookTooLong(limits.jobLimit))).ask(late);
    for (const job of others) askShared(job);
  };

  return (name) => (request, log) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      const receive = (message: JobMessage<never>): void => {
        if (message.kind === 'line') log[message.level](message.message, message.fields);
        else if (message.kind === 'done') resolve(message.result);
        else reject(fromPlainError(message.error));
      };
      askShared({
        request: { id: lastId, name, request },
        // The log tells by the asynchronous context which task a line belongs to.
        receive: AsyncLocalStorage.bind(receive),
        reject,
      });
    });
}

interface JobThread {
  hasEnded(): boolean;
  ask(job: AskedJob): void;
}

interface AskedJob {
  request: JobRequest<unknown>;
  receive: (message: JobMessage<never>) => void;
  reject: (error: Error) => void;
}

/** Takes over the jobs of a thread that was ended because one of them, the late one, took too long. */
type OnLate = (late: AskedJob, others: readonly AskedJob[]) => void;

function startThread(
  module: URL,
  { idleFor, jobLimit }: Required<JobThreadOptions>,
  onLate: OnLate,
): JobThread {
  const worker = startWorker(module);
  const asked = new Map<number, { job: AskedJob; limit: NodeJS.Timeout }>();
  let idle: NodeJS.Timeout | undefined;
  let ended = false;

  /** Gives the jobs that had not ended. */
  const end = (): AskedJob[] => {
    ended = true;
    clearTimeout(idle);
    const left = [...asked.values()];
    asked.clear();
    for (const { limit } of left) clearTimeout(limit);
    return left.map(({ job }) => job);
  };
  const die = (cause: unknown): void => {
    for (const { reject } of end()) reject(threadEnded(cause));
  };
  const endFor = (late: AskedJob): void => {
    const others = end().filter((job) => job !== late);
    void worker.terminate();
    onLate(late, others);
  };
  const rest = (): void => {
    worker.unref();
    clearTimeout(idle);
    idle = setTimeout(() => {
      die('it was idle');
      void worker.terminate();
    }, idleFor).unref();
  };

  worker.on('message', (message: JobMessage<never>) => {
    const entry = asked.get(message.id);
    if (message.kind !== 'line' && asked.delete(message.id)) clearTimeout(entry?.limit);
    entry?.job.receive(message);
    if (asked.size === 0 && !ended) rest();
  });
  worker.once('error', die);
  worker.once('exit', (code) => die(`exit code ${code}`));

  return {
    hasEnded: () => ended,
    ask: (job) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
      worker.postMessage(job.request);
      clearTimeout(idle);
      worker.ref();
      const limit = setTimeout(() => endFor(job), jobLimit).unref();
      asked.set(job.request.id, { job, limit });
    },
  };
}

function startWorker(module: URL): Worker {
  return new Worker(module, {
    env: threadEnvironment(),
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMegabytes },
  });
}

function threadEnded(cause: unknown): UpstreamError {
  const message = `The thread that does the work has ended: ${messageOf(cause)}`;
  return new UpstreamError(message, { service: 'thread', retryable: true, cause });
}

/** Final: whoever began such a job again would wait as long, and wear out a processor. */
function tookTooLong(jobLimit: number): UpstreamError {
  const message = `The job did not end within ${jobLimit / 1_000} s, on a thread of its own`;
  return new UpstreamError(message, { service: 'thread', retryable: false });
}

/** A thread finds compiled modules only where its environment says; that halves its start. */
function threadEnvironment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: folder };
}
