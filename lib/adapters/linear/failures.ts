import { UpstreamError } from '../../domain/errors.ts';
import { oneLineText, shorten } from '../../domain/plain-text.ts';

/** An error that an answer tells of. */
export interface GraphqlProblem {
  /** `RATELIMITED`, `INPUT_ERROR`, … */
  code: string | undefined;
  /** The same in other words: `ratelimited`, `invalid input`, … */
  type: string | undefined;
  /** What Linear says to people. */
  text: string | undefined;
  /** Where in the document: names of fields, aliases first. */
  path: readonly (string | number)[];
}

/** What came back, whatever it says. */
export interface LinearAnswer {
  status: number;
  headers: Headers;
  data: unknown;
  problems: readonly GraphqlProblem[];
}

/**
 * - `limited`: too many requests, or too much asked for in an hour
 * - `unauthenticated`: the credentials are not accepted
 * - `forbidden`: they are, but not for this
 * - `refused`: what was sent is wrong, or about something that is not there
 * - `failed`: Linear itself did, or something between it and us
 */
export type AnswerKind =
  | 'usable'
  | 'limited'
  | 'unauthenticated'
  | 'forbidden'
  | 'refused'
  | 'failed';

/** Codes and types in one, in lower case without spaces and underscores. */
const kinds: Record<string, AnswerKind> = {
  ratelimited: 'limited',
  authenticationerror: 'unauthenticated',
  unauthenticated: 'unauthenticated',
  forbidden: 'forbidden',
  featurenotaccessible: 'forbidden',
  inputerror: 'refused',
  invalidinput: 'refused',
  baduserinput: 'refused',
  usererror: 'refused',
  graphqlerror: 'refused',
  graphqlvalidationfailed: 'refused',
  usagelimitexceeded: 'refused',
};

/** The SDK looks at `extensions.type` alone and misses limits that are told by their code. */
export function kindOfAnswer({ problems, status }: LinearAnswer): AnswerKind {
  if (status === 429) return 'limited';
  const named = new Set(problems.flatMap(({ code, type }) => [kindNamed(code), kindNamed(type)]));
  for (const kind of ['limited', 'unauthenticated', 'forbidden', 'refused'] as const) {
    if (named.has(kind)) return kind;
  }
  if (status === 401) return 'unauthenticated';
  // Firewalls and proxies answer with 403, 404 or 408 as well: only GraphQL errors are Linear's own word.
  if (problems.length === 0) return status >= 400 ? 'failed' : 'usable';
  if (status === 403) return 'forbidden';
  return status >= 400 && status < 500 ? 'refused' : 'failed';
}

function kindNamed(name: string | undefined): AnswerKind | undefined {
  const key = name?.toLowerCase().replaceAll(/[\s_]/g, '') ?? '';
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined;
}

/** Which credentials a request was made with. */
export type CredentialKind = 'app' | 'api-key';

const variables: Record<CredentialKind, string> = {
  app: 'LINEAR_CLIENT_ID and LINEAR_CLIENT_SECRET',
  'api-key': 'LINEAR_API_KEY',
};

/** Says what a person can do about it. */
export function explainAnswer(answer: LinearAnswer, used: CredentialKind): UpstreamError {
  const { status } = answer;
  switch (kindOfAnswer(answer)) {
    case 'unauthenticated':
      return notAccepted(used, status);
    case 'forbidden':
      return final(`Linear does not allow this (403).${inItsWords(answer)} ${rights(used)}`, 403);
    case 'refused':
      return final(`Linear refuses what was asked of it (${status}).${inItsWords(answer)}`, status);
    case 'limited':
      return passing("Linear's rate limit is reached.", 429);
    default:
      return status >= 400 && status < 500
        ? passing(
            `Linear, or something before it, has answered ${status} without a reason.`,
            status,
          )
        : passing(`Linear has failed (${status}).`, status);
  }
}

export function notAccepted(used: CredentialKind, status: number): UpstreamError {
  const advice =
    used === 'app'
      ? 'Check them, and that the app may use client credentials.'
      : 'It is wrong or was revoked: set a new one.';
  return final(`Linear does not accept ${variables[used]} (${status}). ${advice}`, status);
}

function rights(used: CredentialKind): string {
  return used === 'app'
    ? "Give the app access to the issue's team; webhooks need LINEAR_API_KEY of an administrator."
    : "The owner of LINEAR_API_KEY needs access to the issue's team; webhooks need an administrator.";
}

/** Linear's own words, cut: they are for people, and may hold anything. */
function inItsWords({ problems }: LinearAnswer): string {
  const text = problems.find((problem) => problem.text !== undefined)?.text;
  return text === undefined ? '' : ` It says: "${shorten(oneLineText(text), 200)}"`;
}

/** It may go well another time. */
export function passing(message: string, status?: number, cause?: unknown): UpstreamError {
  return upstream(message, { status, cause, retryable: true });
}

/** It fails until somebody changes something. */
export function final(message: string, status?: number): UpstreamError {
  return upstream(message, { status, cause: undefined, retryable: false });
}

function upstream(
  message: string,
  { status, ...rest }: { status: number | undefined; cause: unknown; retryable: boolean },
): UpstreamError {
  const details = { service: 'linear', ...rest };
  return new UpstreamError(message, status === undefined ? details : { ...details, status });
}
