import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { UpstreamError } from '../../domain/errors.ts';
import type { TrackerCall } from '../../ports/issue-tracker.ts';
import type { Budgets } from './budget.ts';
import type { Authorization, Credentials } from './credentials.ts';
import {
  explainAnswer,
  final,
  kindOfAnswer,
  passing,
  type CredentialKind,
  type LinearAnswer,
} from './failures.ts';
import { postDocument, type DocumentRequest } from './transport.ts';

/** A GraphQL document, what it is asked with, and what its answer has to look like. */
export interface Question<T> {
  document: string;
  variables: Record<string, unknown>;
  result: z.ZodType<T>;
}

/** For whom a question is asked. */
export interface Asking extends TrackerCall {
  /** Which credentials, where both are set. Default: the app's. */
  credentials?: CredentialKind;
}

export type Reply<T> =
  | { kind: 'answered'; data: T }
  /** Linear will not do it, however often it is asked. */
  | { kind: 'refused'; error: UpstreamError; field: RefusedField };

/** Where the document says what was refused, by names and aliases: `issue`, `issue.children`. */
type RefusedField = string | undefined;

export interface LinearRequests {
  /** @throws UpstreamError when it may not be asked now, or no answer is to be had */
  ask<T>(question: Question<T>, asking: Asking): Promise<Reply<T>>;
}

export interface RequestsOptions {
  apiUrl: string;
  budgets: Budgets;
  credentials: Credentials;
  /** Milliseconds for one request with its answer. */
  requestMs: number;
  /** Milliseconds before the second attempt, about. */
  retryMs: number;
  /** Told of each attempt, with the headers of its answer where there is one. Default: nobody. */
  onCall?: (headers?: Headers) => void;
}

/** Milliseconds for each request that shows progress: whoever works would have to wait for it. */
const progressMs = 3_000;

/** The data of a reply. @throws UpstreamError for a refusal */
export function answered<T>(reply: Reply<T>): T {
  if (reply.kind === 'answered') return reply.data;
  throw reply.error;
}

/**
 * Asks Linear within its limits. What failed in passing is asked once more: all that we change, we change
 * under ids of our own or to a value, so that it does not matter whether the first attempt got through. What
 * shows progress is asked once, and briefly.
 */
export function createRequests(options: RequestsOptions): LinearRequests {
  return {
    ask: async (question, asking) => {
      if (asking.urgency === 'progress') {
        const requestMs = Math.min(options.requestMs, progressMs);
        return await askOnce(question, asking, { ...options, requestMs });
      }
      try {
        return await askOnce(question, asking, options);
      } catch (error) {
        if (!isWorthAnother(error)) throw error;
        await delay(options.retryMs * (0.5 + Math.random()));
        return await askOnce(question, asking, options);
      }
    },
  };
}

/** A limit is not waited for here: it lasts longer than anyone should wait. */
function isWorthAnother(error: unknown): boolean {
  return error instanceof UpstreamError && error.retryable && error.status !== 429;
}

async function askOnce<T>(
  question: Question<T>,
  asking: Asking,
  options: RequestsOptions,
): Promise<Reply<T>> {
  const { credentials } = options;
  const authorization = await authorize(asking, options);
  const answer = await post(question, { asking, authorization, options });
  if (kindOfAnswer(answer) !== 'unauthenticated' || !(await credentials.renew(authorization))) {
    return replyIn(answer, question, authorization.kind);
  }
  const renewed = await authorize(asking, options);
  const second = await post(question, { asking, authorization: renewed, options });
  return replyIn(second, question, renewed.kind);
}

async function authorize(
  asking: Asking,
  { credentials, requestMs }: RequestsOptions,
): Promise<Authorization> {
  const { credentials: preferred = 'app', urgency } = asking;
  const authorization = credentials.authorize(preferred, () => spendOne(asking));
  return urgency === 'progress' ? within(requestMs, authorization) : authorization;
}

/** A token that comes too late is there for the next request: it is only not waited for. */
async function within(milliseconds: number, work: Promise<Authorization>): Promise<Authorization> {
  const waiting = new AbortController();
  const tooLate = delay(milliseconds, undefined, { signal: waiting.signal }).then(() => {
    throw passing(`Linear gave no token within ${milliseconds / 1_000} s.`);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    waiting.abort();
  }
}

function spendOne({ allowance }: Asking): void {
  if (allowance === undefined || allowance.take()) return;
  throw final('No further request to Linear is allowed for this purpose.');
}

async function post(
  { document, variables }: Question<unknown>,
  {
    asking,
    authorization,
    options: { apiUrl, budgets, onCall, requestMs },
  }: { asking: Asking; authorization: Authorization; options: RequestsOptions },
): Promise<LinearAnswer> {
  const { header, kind } = authorization;
  const budget = budgets[kind];
  await budget.admit(asking.urgency);
  spendOne(asking);
  const answer = await postTold(
    { apiUrl, authorization: header, document, variables, requestMs },
    onCall,
  );
  const isLimited = kindOfAnswer(answer) === 'limited';
  await budget.observe(answer.headers, isLimited);
  // Says until when; the answer itself may not.
  if (isLimited) await budget.admit(asking.urgency);
  return answer;
}

async function postTold(
  request: DocumentRequest,
  onCall: RequestsOptions['onCall'],
): Promise<LinearAnswer> {
  let headers: Headers | undefined;
  try {
    const answer = await postDocument(request);
    ({ headers } = answer);
    return answer;
  } finally {
    onCall?.(headers);
  }
}

function replyIn<T>(answer: LinearAnswer, { result }: Question<T>, used: CredentialKind): Reply<T> {
  switch (kindOfAnswer(answer)) {
    case 'usable': {
      const parsed = result.safeParse(answer.data);
      if (parsed.success) return { kind: 'answered', data: parsed.data };
      throw passing('Linear has answered something of another shape.', answer.status);
    }
    case 'refused':
    case 'forbidden': {
      const field = answer.problems.find(({ path }) => path.length > 0)?.path.join('.');
      return { kind: 'refused', error: explainAnswer(answer, used), field };
    }
    default:
      throw explainAnswer(answer, used);
  }
}
