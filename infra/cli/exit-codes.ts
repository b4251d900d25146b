import { CommanderError } from 'commander';
import { ConfigError, RequestRejectedError } from '../../lib/domain/errors.ts';

export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUse: 2,
  /** Of a check: it says nothing about what was to be checked. */
  notChecked: 3,
  interrupted: 130,
} as const;

export type SetExitCode = (code: number) => void;

/** The person has to call the command differently; `message` says how. */
export class WrongUseError extends Error {
  override readonly name = 'WrongUseError';
}

/** The person has broken off what was asked for. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** @param command that has thrown: `health` */
export function exitCodeOf(error: unknown, command: string | undefined): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
  if (error instanceof InterruptedError) return exitCodes.interrupted;
  // There, 1 and 2 say how the system is.
  if (command === 'health') return exitCodes.notChecked;
  const wrongUse =
    error instanceof CommanderError ||
    error instanceof WrongUseError ||
    error instanceof ConfigError ||
    (error instanceof RequestRejectedError && error.reason !== 'conflict');
  return wrongUse ? exitCodes.wrongUse : exitCodes.failed;
}
