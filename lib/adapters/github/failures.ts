import { RequestRejectedError, UpstreamError } from '../../domain/errors.ts';

/** What GitHub has answered instead of what was asked for. */
export interface Refusal {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | number | undefined>>;
  /** GitHub's own words: read, never shown. */
  message: string;
}

interface Asked {
  repository: string;
  ref: string | null;
  hasToken: boolean;
}

/** Says in words of our own what a person can do about it; GitHub's may quote what was sent. */
export function explainRefusal(refusal: Refusal, asked: Asked): Error {
  const { status } = refusal;
  if (status === 403 || status === 429) return explainForbidden(refusal, asked);
  if (status === 401) {
    const advice = asked.hasToken
      ? 'GITHUB_TOKEN is wrong, expired or revoked. Set a new one, or none for a public repository.'
      : 'Set GITHUB_TOKEN.';
    return final(`GitHub does not accept who is asking (401). ${advice}`, status);
  }
  if (status === 404) return new RequestRejectedError('not-found', noRepository(asked));
  if (status === 409) {
    return new RequestRejectedError('not-found', `${asked.repository} has no commits on GitHub.`);
  }
  if (status === 422) {
    const ref = asked.ref ?? 'HEAD';
    const text = `${asked.repository} has no branch, tag or commit "${ref}" on GitHub.`;
    return new RequestRejectedError('not-found', text);
  }
  if (status >= 500) return passing(`GitHub has failed (${status}).`, status);
  return final(`GitHub has answered with the unexpected status ${status}.`, status);
}

/** A limit, or a right that is missing: GitHub has the same status for both. */
function explainForbidden({ headers, message, status }: Refusal, asked: Asked): Error {
  const more = asked.hasToken ? '' : ' With GITHUB_TOKEN set it is far higher.';
  const waitSeconds = Number(headers['retry-after']);
  if (waitSeconds > 0) {
    return passing(
      `GitHub's rate limit is reached: it asks to wait ${waitSeconds} s.${more}`,
      status,
    );
  }
  if (String(headers['x-ratelimit-remaining']) === '0') {
    const until = formatTime(Number(headers['x-ratelimit-reset']));
    return passing(`GitHub's rate limit is used up${until}.${more}`, status);
  }
  if (status === 429 || /\bsecondary rate\b/i.test(message)) {
    return passing(`GitHub's rate limit is reached. Wait a few minutes.${more}`, status);
  }
  const advice = asked.hasToken
    ? 'Give GITHUB_TOKEN the right to read its contents, and authorise it for the organisation.'
    : 'Set a GITHUB_TOKEN that may read its contents.';
  return final(`GitHub does not let us read ${asked.repository} (403). ${advice}`, status);
}

function noRepository({ hasToken, repository }: Asked): string {
  const why = hasToken
    ? 'or GITHUB_TOKEN may not read its contents'
    : 'or it is private: set a GITHUB_TOKEN that may read its contents';
  return `There is no repository ${repository} on GitHub, ${why}.`;
}

/** @param seconds since the epoch */
function formatTime(seconds: number): string {
  const time = new Date(seconds * 1_000);
  if (!(seconds > 0) || Number.isNaN(time.getTime())) return '';
  return ` until ${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** It may go well another time. */
export function passing(message: string, status?: number): UpstreamError {
  return upstream(message, status, true);
}

/** It fails until somebody changes something. */
export function final(message: string, status?: number): UpstreamError {
  return upstream(message, status, false);
}

function upstream(message: string, status: number | undefined, retryable: boolean): UpstreamError {
  const details = { service: 'github', retryable };
  return new UpstreamError(message, status === undefined ? details : { ...details, status });
}
