import { ConfigError, RequestRejectedError } from '../../lib/domain/errors.ts';

export const exitCodes = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

export type SetExitCode = (code: number) => void;

/** The person has to call the command differently; `message` says how. */
export class WrongUseError extends Error {
  override readonly name = 'WrongUseError';
}

export function exitCodeOf(error: unknown): number {
  const wrongUse =
    error instanceof WrongUseError ||
    error instanceof ConfigError ||
    (error instanceof RequestRejectedError && error.reason !== 'conflict');
  return wrongUse ? exitCodes.wrongUse : exitCodes.failed;
}
