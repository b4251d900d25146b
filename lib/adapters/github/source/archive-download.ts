import { messageOf, RequestRejectedError } from '../../../domain/errors.ts';
import { passing, type Refusal } from '../requests/failures.ts';

export interface DownloadLimits {
  maxBytes: number;
  /** Milliseconds for the whole download. */
  totalMs: number;
  /** Milliseconds without a byte. */
  stallMs: number;
}

/** Bytes on their way. */
export interface Download {
  chunks: AsyncIterable<Uint8Array>;
  /** Ends it at once, also while it waits for bytes. To be called in the end in any case. */
  cancel: () => void;
}

/**
 * The bytes behind an address, asked for when the first one is wanted. Sends no token: the address holds
 * its own right to read, so it stands in no error either.
 * @param explain says what an answer without content means
 */
export function download(
  address: string,
  limits: DownloadLimits,
  explain: (refusal: Refusal) => Error,
): Download {
  const watch = watchTime(limits);
  return {
    chunks: guardChunks(fetchChunks(address, watch, explain), watch, limits.maxBytes),
    cancel: watch.end,
  };
}

async function* fetchChunks(
  address: string,
  { signal }: TimeWatch,
  explain: (refusal: Refusal) => Error,
): AsyncGenerator<Uint8Array> {
  // Compressed once more by a server, the bytes counted would not be those of the archive.
  const headers = { 'accept-encoding': 'identity', 'user-agent': 'autonomous-cicd' };
  const response = await fetch(address, { redirect: 'error', headers, signal });
  if (response.status !== 200 || response.body === null) throw await refusalOf(response, explain);
  yield* response.body;
}

/** Counts bytes and time, and says in words how it went wrong. */
async function* guardChunks(
  chunks: AsyncIterable<Uint8Array>,
  watch: TimeWatch,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  watch.expectBytes();
  try {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      watch.pause();
      yield chunk;
      watch.expectBytes();
    }
  } catch (error) {
    if (watch.signal.aborted) {
      throw passing(`GitHub's archive took too long: only ${bytes} bytes came.`);
    }
    // A broken connection, in the words of the fetch implementation.
    throw error instanceof TypeError ? brokenOff(error, bytes) : error;
  } finally {
    watch.end();
  }
}

async function refusalOf(response: Response, explain: (refusal: Refusal) => Error): Promise<Error> {
  await response.body?.cancel();
  const headers = Object.fromEntries(response.headers);
  return explain({ status: response.status, headers, message: '' });
}

interface TimeWatch {
  /** Aborted when time is up. */
  signal: AbortSignal;
  /** Time without a byte counts from here on. */
  expectBytes: () => void;
  /** It does not while the reader is at work. */
  pause: () => void;
  end: () => void;
}

function watchTime({ stallMs, totalMs }: DownloadLimits): TimeWatch {
  const controller = new AbortController();
  let stall: NodeJS.Timeout | undefined;
  let total: NodeJS.Timeout | undefined;
  const abort = () => controller.abort();
  return {
    signal: controller.signal,
    expectBytes: () => {
      total ??= setTimeout(abort, totalMs);
      stall = setTimeout(abort, stallMs);
    },
    pause: () => clearTimeout(stall),
    end: () => {
      clearTimeout(stall);
      clearTimeout(total);
      abort();
    },
  };
}

function brokenOff(error: TypeError, bytes: number): Error {
  const cause = error.cause === undefined ? error.message : messageOf(error.cause);
  return passing(`GitHub's archive broke off after ${bytes} bytes (${cause}).`);
}

function tooLarge(maxBytes: number): RequestRejectedError {
  const megabytes = Math.round(maxBytes / 1e6);
  const text = `The repository's archive is larger than ${megabytes} MB: analyse a local checkout.`;
  return new RequestRejectedError('invalid', text);
}
