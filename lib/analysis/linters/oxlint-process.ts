import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UpstreamError } from '../../domain/errors.ts';

/** A thousand files answer about 1 MB. */
const maxOutputBytes = 128 * 1024 * 1024;

const require = createRequire(import.meta.url);

/** The report as JSON text, or why the linter did not live to give it. */
export type OxlintOutcome =
  | { kind: 'report'; output: string }
  | { kind: 'crashed'; reason: string }
  /** A function can be deployed without it, from where nobody could fetch it for that processor. */
  | { kind: 'not installed' };

/**
 * Runs oxlint over a folder with exactly the given settings, in an empty environment and without a shell.
 * It crashes on code that nests too deeply for its stack: what it read is to blame, and worth dividing.
 * @throws UpstreamError when it cannot be started or was ended from outside
 */
export async function runOxlint(request: {
  settingsFile: string;
  sourceFolder: string;
  milliseconds: number;
  signal?: AbortSignal;
}): Promise<OxlintOutcome> {
  const entry = findOxlint();
  if (entry === undefined) return { kind: 'not installed' };
  const args = [
    entry,
    `--config=${request.settingsFile}`,
    '--disable-nested-config',
    '--no-ignore',
    '--format=json',
    '.',
  ];
  const { promise, resolve, reject } = Promise.withResolvers<OxlintOutcome>();
  execFile(
    process.execPath,
    args,
    {
      cwd: request.sourceFolder,
      env: {},
      timeout: request.milliseconds,
      killSignal: 'SIGKILL',
      maxBuffer: maxOutputBytes,
      signal: request.signal,
    },
    (error, stdout, stderr) => {
      // Exit code 1 says that something was found.
      if (error === null || error.code === 1) return resolve({ kind: 'report', output: stdout });
      const reason = crashOf(error, request.milliseconds);
      if (reason === null) reject(failure(error, stderr));
      else resolve({ kind: 'crashed', reason });
    },
  );
  return promise;
}

function findOxlint(): string | undefined {
  try {
    return join(dirname(require.resolve('oxlint/package.json')), 'bin', 'oxlint');
  } catch {
    return undefined;
  }
}

type ProcessError = Error & { code?: unknown; killed?: boolean; signal?: string | null };

/** Ctrl-C, a closed terminal and a host that shuts down reach the linter too, whatever it reads. */
const signalsFromOutside = new Set(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']);

function crashOf(error: ProcessError, milliseconds: number): string | null {
  if (error.name === 'AbortError') return null;
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'answered too much';
  if (error.killed === true) return `did not finish within ${milliseconds / 1000} s`;
  if (typeof error.signal !== 'string' || signalsFromOutside.has(error.signal)) return null;
  return `was ended by ${error.signal}`;
}

function failure(error: ProcessError, stderr: string): UpstreamError {
  const wasStopped = error.name === 'AbortError';
  const signal = wasStopped ? null : error.signal;
  const reason = wasStopped
    ? 'was stopped'
    : typeof signal === 'string'
      ? `was ended by ${signal}`
      : `failed: ${stderr.trim().split('\n')[0] || error.message}`;
  return new UpstreamError(`oxlint ${reason}`, {
    service: 'oxlint',
    retryable: typeof signal === 'string',
    cause: error,
  });
}
