import { UpstreamError } from '../../domain/errors.ts';

/**
 * Whether the service refuses whoever asks, whatever is asked for: it does not accept the credentials (401), or
 * has had enough for a while (a limit).
 */
export function concernsAll(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  const { retryable, status } = error;
  return status === 401 || (retryable && (status === 403 || status === 429));
}
