import { UpstreamError } from '../../domain/errors.ts';

/** It fails until a person changes something on this machine. @param what says what */
export function unusable(what: string): UpstreamError {
  return new UpstreamError(what, { service: 'command', retryable: false });
}
