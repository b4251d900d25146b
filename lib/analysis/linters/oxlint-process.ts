import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UpstreamError } from '../../domain/errors.ts';

/** A thousand files take 0.2 s on one core. */
const timeLimitMs = 60_000;
/** A thousand files answer about 1 MB. */
const maxOutputBytes = 128 * 1024 * 1024;

const require = createRequire(import.meta.url);

/**
 * Runs oxlint over a folder with exactly the given settings, in an empty environment and without a shell.
 * @returns its report as JSON text
 * @throws UpstreamError
 */
export async function runOxlint(request: {
  settingsFile: string;
  sourceFolder: string;
  signal?: AbortSignal;
}): Promise<string> {
  const entry = join(dirname(require.resolve('oxlint/package.json')), 'bin', 'oxlint');
  const args = [
    entry,
    `--config=${request.settingsFile}`,
    '--disable-nested-config',
    '--no-ignore',
    '--format=json',
    '.',
  ];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  execFile(
    process.execPath,
    args,
    {
      cwd: request.sourceFolder,
      env: {},
      timeout: timeLimitMs,
      killSignal: 'SIGKILL',
      maxBuffer: maxOutputBytes,
      signal: request.signal,
    },
    (error, stdout, stderr) => {
      // Exit code 1 says that something was found.
      if (error === null || error.code === 1) resolve(stdout);
      else reject(failure(error, stderr));
    },
  );
  return promise;
}

type ProcessError = Error & { killed?: boolean; signal?: string | null };

/**
 * A signal that is not ours ended it: Ctrl-C reaches every process of a terminal, a full memory takes the
 * largest. Both pass.
 */
function wasKilledByOthers(error: ProcessError): boolean {
  return error.killed !== true && typeof error.signal === 'string';
}

function failure(error: ProcessError, stderr: string): UpstreamError {
  const reason =
    error.name === 'AbortError'
      ? 'was stopped'
      : error.killed === true
        ? `did not finish within ${timeLimitMs / 1000} s`
        : wasKilledByOthers(error)
          ? `was ended by ${error.signal}`
          : `failed: ${stderr.trim().split('\n')[0] || error.message}`;
  return new UpstreamError(`oxlint ${reason}`, {
    service: 'oxlint',
    retryable: wasKilledByOthers(error),
    cause: error,
  });
}
