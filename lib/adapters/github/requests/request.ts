import { RequestError } from '@octokit/request-error';
import type { z } from 'zod';
import type { GithubClient } from '../access/client.ts';
import { explainRefusal, passing, type Asked, type Refusal } from './failures.ts';

/** One request to GitHub's REST API, and what its answer has to look like. */
export interface Question<Data> extends Omit<Asked, 'credential'> {
  /** `GET /repos/{owner}/{repo}` */
  route: string;
  /** For the placeholders of the route; others go into the query, or into the body of a write. */
  parameters?: Readonly<Record<string, unknown>>;
  /** Lower-case names. */
  headers?: Readonly<Record<string, string>>;
  schema: z.ZodType<Data>;
  /** May be sent again when no answer comes. Default: true, but for what makes something new (POST). */
  repeatable?: boolean;
}

export interface Answer<Data> {
  data: Data;
  /** Lower-case names. */
  headers: Refusal['headers'];
}

/**
 * Asks GitHub for something, and checks what it gets.
 * @throws UpstreamError that says what a person can do; retryable where it may go well another time
 */
export async function requestJson<Data>(
  client: GithubClient,
  question: Question<Data>,
): Promise<Data> {
  const { data } = await requestAnswer(client, question);
  return data;
}

/** The same with the headers of the answer. */
export async function requestAnswer<Data>(
  client: GithubClient,
  question: Question<Data>,
): Promise<Answer<Data>> {
  const answer = await send(client, question);
  if (answer !== 'unchanged') return answer;
  throw passing(`GitHub tells of ${question.subject} only that nothing has changed (304).`, 304);
}

/**
 * Asks for what has changed since an earlier answer; `unchanged` does not count against the rate limit.
 * @param known `etag` of that answer; null for the first time
 */
export async function requestIfChanged<Data>(
  client: GithubClient,
  question: Question<Data>,
  known: string | null,
): Promise<'unchanged' | (Answer<Data> & { etag: string | null })> {
  const condition = known === null ? {} : { 'if-none-match': known };
  const answer = await send(client, {
    ...question,
    headers: { ...question.headers, ...condition },
  });
  if (answer === 'unchanged') return answer;
  const { etag } = answer.headers;
  return { ...answer, etag: typeof etag === 'string' ? etag : null };
}

async function send<Data>(
  client: GithubClient,
  question: Question<Data>,
): Promise<'unchanged' | Answer<Data>> {
  const { headers = {}, parameters = {}, right, route, schema, subject } = question;
  const { repeatable = !route.startsWith('POST ') } = question;
  const request = repeatable ? {} : { retries: 0 };
  try {
    const response = await client.request(route, { ...parameters, headers, request });
    const parsed = schema.safeParse(response.data);
    if (parsed.success) return { data: parsed.data, headers: response.headers };
  } catch (error) {
    if (error instanceof RequestError && error.status === 304) return 'unchanged';
    throw toFailure(error, (refusal) =>
      explainRefusal(refusal, { subject, right, credential: client.credential }),
    );
  }
  // A body that breaks off arrives as an empty text, with status 200.
  throw passing(`GitHub's answer about ${subject} is cut off or unknown.`);
}

/**
 * What a request that failed means to people.
 * @param explain says what it means that GitHub has refused
 */
export function toFailure(error: unknown, explain: (refusal: Refusal) => Error): unknown {
  if (!(error instanceof RequestError)) return error;
  const { message, response, status } = error;
  if (response !== undefined) return explain({ status, headers: response.headers, message });
  const isTimeout = error.cause instanceof Error && error.cause.name === 'TimeoutError';
  const why = isTimeout ? 'it does not answer in time' : message;
  return passing(`GitHub cannot be reached (${why}).`);
}
