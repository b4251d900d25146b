import {
  ConfigError,
  RequestRejectedError,
  UpstreamError,
  type RejectionReason,
} from '../domain/errors.ts';

/** An error of ours on its way between threads, which would leave its class behind. */
export type PlainError =
  | { kind: 'rejected'; reason: RejectionReason; message: string }
  | { kind: 'config'; problems: readonly string[] }
  | {
      kind: 'upstream';
      message: string;
      details: { service: string; status?: number; retryable: boolean };
    }
  /** Any other keeps what a clone keeps: name, message and stack. */
  | { kind: 'other'; error: unknown };

export function toPlainError(error: unknown): PlainError {
  if (error instanceof RequestRejectedError) {
    return { kind: 'rejected', reason: error.reason, message: error.message };
  }
  if (error instanceof ConfigError) return { kind: 'config', problems: error.problems };
  if (error instanceof UpstreamError) {
    const { message, retryable, service, status } = error;
    const details = { service, retryable, ...(status === undefined ? {} : { status }) };
    return { kind: 'upstream', message, details };
  }
  return { kind: 'other', error };
}

export function fromPlainError(plain: PlainError): unknown {
  if (plain.kind === 'other') return plain.error;
  if (plain.kind === 'config') return new ConfigError(plain.problems);
  const { message } = plain;
  return plain.kind === 'rejected'
    ? new RequestRejectedError(plain.reason, message)
    : new UpstreamError(message, plain.details);
}
