import { UpstreamError } from '../../../domain/errors.ts';
import { rateLimitOf, type RateLimit } from './rate-limit.ts';

/** Who asks: somebody unknown, the owner of a token, or an App (in one of its installations). */
export type CredentialKind = 'none' | 'token' | 'app';

/** What GitHub has answered instead of what was asked for. */
export interface Refusal {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | number | undefined>>;
  /** GitHub's own words: read, never shown. */
  message: string;
}

/** What was asked for, as an error says it. */
export interface Asked {
  /** `the check runs of acme/shop` */
  subject: string;
  /** The permission that it takes, in GitHub's words: `Checks: write`. */
  right: string;
  credential: CredentialKind;
}

/** Says in words of our own what a person can do about it; GitHub's may quote what was sent. */
export function explainRefusal(refusal: Refusal, asked: Asked): UpstreamError {
  const { status } = refusal;
  const { right, subject } = asked;
  if (status === 401) {
    return final(`GitHub does not accept who is asking (401). ${whyUnknown(asked)}`, status);
  }
  if (status === 403 || status === 429) return explainForbidden(refusal, asked);
  if (status === 404) {
    return final(
      `GitHub has not found ${subject} (404). It is not there, or ${whoMayNot(asked)} "${right}".`,
      status,
    );
  }
  if (status === 410) return final(`GitHub says that ${subject} is gone or off (410).`, status);
  if (status === 408 || status >= 500) return passing(`GitHub has failed (${status}).`, status);
  return final(`GitHub does not accept what was asked of ${subject} (${status}).`, status);
}

function whyUnknown({ credential }: Asked): string {
  if (credential === 'none') return 'Set GITHUB_TOKEN.';
  if (credential === 'token') {
    return 'GITHUB_TOKEN is wrong, expired or revoked. Set a new one, or none for a public repository.';
  }
  return 'GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY do not belong together, or the key was revoked.';
}

function whoMayNot({ credential }: Asked): string {
  if (credential === 'none') return 'it takes a GITHUB_TOKEN with the right';
  if (credential === 'token') return 'GITHUB_TOKEN lacks the right';
  return 'the GitHub App is not installed there or lacks the permission';
}

function explainForbidden(refusal: Refusal, asked: Asked): UpstreamError {
  const { status } = refusal;
  const limit = rateLimitOf(refusal);
  if (limit === undefined) {
    return final(`GitHub refuses ${asked.subject} (403). ${whatRight(asked)}`, status);
  }
  const more = asked.credential === 'none' ? ' With GITHUB_TOKEN set it is far higher.' : '';
  return passing(`${describeLimit(limit)}${more}`, status);
}

function describeLimit(limit: RateLimit): string {
  if (limit.kind === 'wait') {
    return `GitHub's rate limit is reached: it asks to wait ${limit.seconds} s.`;
  }
  if (limit.kind === 'too fast') return "GitHub's rate limit is reached. Wait a few minutes.";
  const until = limit.resetsAt === null ? '' : ` until ${formatTime(limit.resetsAt)}`;
  return `GitHub's rate limit is used up${until}.`;
}

function whatRight({ credential, right }: Asked): string {
  if (credential === 'none') return `Set a GITHUB_TOKEN with the right "${right}".`;
  if (credential === 'token') {
    return `Give GITHUB_TOKEN the right "${right}", and authorise it for the organisation.`;
  }
  return `Give the GitHub App the permission "${right}", and accept it where the App is installed.`;
}

/** @param time milliseconds since the epoch */
function formatTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
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
