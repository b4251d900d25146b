import { messageOf, UpstreamError } from '../../domain/errors.ts';

/** Primary result codes of SQLite. @see https://sqlite.org/rescode.html */
const sqlite = {
  busy: 5,
  readOnly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

const service = 'database';

/** Says in the operator's words what SQLite reports by number. Other errors pass through. */
export function explainStorageError(error: unknown, file: string): unknown {
  const code = resultCode(error);
  if (code === undefined) return error;
  const { text, retryable } = explanation(code, file);
  return new UpstreamError(`${text} (${messageOf(error)})`, { service, retryable, cause: error });
}

/** True for problems that pass without a change to the data: a full disk, a busy file. */
export function isPassingStorageError(error: unknown): boolean {
  return error instanceof UpstreamError && error.service === service && error.retryable;
}

function explanation(code: number, file: string): { text: string; retryable: boolean } {
  switch (code) {
    case sqlite.full:
      return {
        text: `The disk is full: ${file} cannot grow. Make room; work goes on by itself.`,
        retryable: true,
      };
    case sqlite.io:
      return {
        text: `Reading or writing ${file} failed. Check the disk and its free space.`,
        retryable: true,
      };
    case sqlite.busy:
      return { text: `${file} is locked by another program.`, retryable: true };
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return {
        text:
          `${file} is damaged. Nothing was deleted: move it and its -wal and -shm files away to ` +
          'start afresh, or put back a copy.',
        retryable: false,
      };
    case sqlite.cannotOpen:
      return {
        text: `${file} cannot be opened. Check that it and its folder may be read and written.`,
        retryable: false,
      };
    case sqlite.readOnly:
      return {
        text: `${file} may not be written. Check the permissions of the file and its folder.`,
        retryable: false,
      };
    default:
      return { text: `The database ${file} failed.`, retryable: false };
  }
}

/** The primary code is the low byte of the extended one. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
