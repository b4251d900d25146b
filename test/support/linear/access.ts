import { randomUUID } from 'node:crypto';
import { forbidden } from './errors.ts';
import type { Actor } from './entities.ts';
import { actors } from './world.ts';

/** Who makes a request, and by which right. */
export interface Caller {
  actor: Actor;
  by: 'key' | 'token';
  scopes: readonly string[];
}

/** Made up for tests. */
export const testCredentials = {
  apiKey: 'lin_api_of_no_worth',
  clientId: 'client-of-no-worth',
  clientSecret: 'client-secret-of-no-worth',
} as const;

export type Authentication =
  | { kind: 'caller'; caller: Caller }
  | { kind: 'refused' }
  /** No client that was written with care does that. */
  | { kind: 'violation'; problem: string };

export interface TokenAnswer {
  status: 200 | 400 | 401;
  body: Record<string, unknown>;
}

export interface Access {
  authenticate(authorization: string | undefined): Authentication;
  /** Answers `POST /oauth/token`. @see https://linear.app/developers/oauth-2-0-authentication */
  grantToken(form: URLSearchParams): TokenAnswer;
  revokeTokens(): void;
  /** Of the API key's owner: may read and change webhooks. */
  setAdmin(isAdmin: boolean): void;
}

const knownScopes = new Set([
  'read',
  'write',
  'issues:create',
  'comments:create',
  'admin',
  'app:assignable',
  'app:mentionable',
]);
const tokenSeconds = 30 * 24 * 3_600;

export function createAccess(now: () => number): Access {
  const tokens = new Map<string, { scopes: string[]; expiresAt: number }>();
  let isAdmin = true;

  const callerByKey = (): Caller => ({
    actor: { ...actors.ada, admin: isAdmin },
    by: 'key',
    scopes: isAdmin ? ['read', 'write', 'admin'] : ['read', 'write'],
  });

  return {
    authenticate(authorization) {
      if (authorization === undefined) return { kind: 'violation', problem: 'no authorization' };
      const bearer = /^Bearer (.+)$/.exec(authorization)?.[1];
      if (bearer === testCredentials.apiKey) {
        return { kind: 'violation', problem: 'an API key does not go behind Bearer' };
      }
      if (authorization === testCredentials.apiKey)
        return { kind: 'caller', caller: callerByKey() };
      const token = tokens.get(bearer ?? '');
      if (token === undefined || token.expiresAt <= now()) return { kind: 'refused' };
      return {
        kind: 'caller',
        caller: { actor: actors.app, by: 'token', scopes: token.scopes },
      };
    },
    grantToken(form) {
      const refusal = refusalOf(form);
      if (refusal !== undefined) return refusal;
      const scopes = (form.get('scope') ?? 'read').split(/[ ,]+/);
      const token = `lin_oauth_${randomUUID()}`;
      tokens.set(token, { scopes, expiresAt: now() + tokenSeconds * 1_000 });
      const scope = scopes.join(' ');
      return {
        status: 200,
        body: { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds, scope },
      };
    },
    revokeTokens: () => tokens.clear(),
    setAdmin(admin) {
      isAdmin = admin;
    },
  };
}

function refusalOf(form: URLSearchParams): TokenAnswer | undefined {
  if (form.get('grant_type') !== 'client_credentials') {
    return { status: 400, body: { error: 'unsupported_grant_type' } };
  }
  const { clientId, clientSecret } = testCredentials;
  if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
    return { status: 401, body: { error: 'invalid_client' } };
  }
  const scopes = (form.get('scope') ?? 'read').split(/[ ,]+/);
  if (!scopes.every((scope) => knownScopes.has(scope))) {
    return { status: 400, body: { error: 'invalid_scope' } };
  }
  return undefined;
}

/** @throws GraphQLError when the caller may not do what needs the scope */
export function demandScope(caller: Caller, scope: 'write' | 'admin'): void {
  if (!caller.scopes.includes(scope)) throw forbidden(`You need the scope ${scope}`);
}
