import { z } from 'zod';
import { UpstreamError } from '../../domain/errors.ts';
import { final, notAccepted, passing } from './failures.ts';

/** What an app of the workspace proves its identity with. */
export interface AppSecrets {
  clientId: string;
  clientSecret: string;
}

export interface AccessTokens {
  /**
   * A token that is good for some time to come.
   * @param spend called before a request is made for it
   */
  get(app: AppSecrets, spend: () => void): Promise<string>;
  /** Not accepted any more: the next `get` asks for another one. */
  forget(token: string): void;
}

const answerSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  /** Seconds. */
  expires_in: z.number().positive(),
});

const refusalSchema = z.object({ error: z.literal('invalid_scope') });

/** Reading and writing issues; administering the workspace is more than answers need. */
const scope = 'read,write';
/** Being called in issues as well. A token of other scopes than the app was installed with ends those that it has. */
const agentScope = `${scope},app:assignable,app:mentionable`;
/** Milliseconds before its end from which on a token is not used any more. */
const reserveMs = 3_600_000;

/**
 * Tokens of an app by its client credentials: good for 30 days, kept in memory, one asked for at a time.
 * @see https://linear.app/developers/oauth-2-0-authentication#client-credentials-tokens
 */
export function createAccessTokens(options: {
  tokenUrl: string;
  requestMs: number;
  now: () => number;
}): AccessTokens {
  let kept: { app: AppSecrets; token: string; until: number } | undefined;
  let asking: { app: AppSecrets; token: Promise<string> } | undefined;

  const askAnew = async (app: AppSecrets, spend: () => void): Promise<string> => {
    const { expiresIn, token } = await requestAnyToken(app, { ...options, spend });
    const lifetime = expiresIn * 1_000;
    kept = { app, token, until: options.now() + Math.max(lifetime - reserveMs, lifetime / 2) };
    return token;
  };

  return {
    get: async (app, spend) => {
      if (kept !== undefined && isSameApp(kept.app, app) && kept.until > options.now()) {
        return kept.token;
      }
      if (asking !== undefined && isSameApp(asking.app, app)) return asking.token;
      const mine = { app, token: askAnew(app, spend) };
      asking = mine;
      return mine.token.finally(() => {
        if (asking === mine) asking = undefined;
      });
    },
    forget: (token) => {
      if (kept?.token === token) kept = undefined;
    },
  };
}

const refusals: ReadonlySet<number | undefined> = new Set([400, 401, 403]);

/** Whether the secrets of the app were not accepted when a token was asked for. */
export function isRefused(error: unknown): boolean {
  return error instanceof UpstreamError && !error.retryable && refusals.has(error.status);
}

export function isSameApp(one: AppSecrets, other: AppSecrets): boolean {
  return one.clientId === other.clientId && one.clientSecret === other.clientSecret;
}

interface TokenRequest {
  requestMs: number;
  tokenUrl: string;
  /** Called before each request. */
  spend: () => void;
}

interface Token {
  token: string;
  /** Seconds. */
  expiresIn: number;
}

/** An app that nobody may call still answers issues. */
async function requestAnyToken(app: AppSecrets, request: TokenRequest): Promise<Token> {
  const token = await requestToken(app, request, agentScope);
  if (token !== 'invalid-scope') return token;
  const lesser = await requestToken(app, request, scope);
  if (lesser !== 'invalid-scope') return lesser;
  throw notAccepted('app', 400);
}

async function requestToken(
  { clientId, clientSecret }: AppSecrets,
  { requestMs, spend, tokenUrl }: TokenRequest,
  wantedScope: string,
): Promise<Token | 'invalid-scope'> {
  spend();
  const response = await fetch(tokenUrl, {
    method: 'POST',
    // A secret is not sent on to where an answer points.
    redirect: 'error',
    signal: AbortSignal.timeout(requestMs),
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: wantedScope,
    }),
  }).catch((error: unknown) => {
    throw passing('Linear could not be reached for a token of the app.', undefined, error);
  });
  const { status } = response;
  const body: unknown = await response.json().catch(() => undefined);
  if (status === 429 || status >= 500) throw passing(`Linear gives no token (${status}).`, status);
  if (status === 400 && refusalSchema.safeParse(body).success) return 'invalid-scope';
  if (refusals.has(status)) throw notAccepted('app', status);
  if (status !== 200) throw final(`Linear gives no token (${status}).`, status);
  const answer = answerSchema.safeParse(body);
  if (!answer.success) throw passing('Linear has answered something else than a token.', status);
  return { token: answer.data.access_token, expiresIn: answer.data.expires_in };
}
