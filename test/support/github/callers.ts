import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../../lib/domain/json-fields.ts';
import type { AppSeed, InstallationSeed, Permissions, TokenSeed } from './seed.ts';

/** Who asks. */
export type Caller =
  | { kind: 'none' }
  | ({ kind: 'token' } & TokenSeed)
  | ({ kind: 'installation' } & InstallationToken)
  | { kind: 'app' };

export interface InstallationToken {
  token: string;
  /** Of the App's bot: `acme-cicd[bot]`. */
  login: string;
  installation: InstallationSeed;
  permissions: Permissions;
  /** Null: all that the installation has. */
  repositories: readonly string[] | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Who shows as the author of what a caller writes. */
export function loginOf(caller: Caller): string {
  if (caller.kind === 'token') return caller.login ?? 'ada';
  return caller.kind === 'installation' ? caller.login : 'ghost';
}

/** What GitHub tells about a token with every answer; a fine-grained one has no scopes. */
export function tokenHeaders(caller: Caller): Record<string, string> {
  if (caller.kind !== 'token') return {};
  const { expiresAt, scopes = null } = caller;
  const expires = expiresAt?.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
  return {
    ...(scopes === null ? {} : { 'x-oauth-scopes': scopes.join(', ') }),
    ...(expires === undefined ? {} : { 'github-authentication-token-expiration': expires }),
  };
}

export interface Callers {
  /** The caller, or why there is none. */
  identify(authorization: string | undefined): Caller | { kind: 'unknown'; message: string };
  issueToken(of: Pick<InstallationToken, 'installation' | 'permissions' | 'repositories'>): {
    token: string;
    expiresAt: number;
  };
  /** As if an hour had passed for every installation token. */
  expireTokens: () => void;
}

const tokenLife = 3_600_000;

export function createCallers(known: {
  tokens: readonly TokenSeed[];
  app: AppSeed | undefined;
  now: () => number;
}): Callers {
  const { app, now, tokens } = known;
  const issued = new Map<string, InstallationToken>();

  return {
    identify: (authorization) => {
      if (authorization === undefined) return { kind: 'none' };
      const [, credential = ''] = /^(?:token|bearer) (\S+)$/i.exec(authorization) ?? [];
      const token = tokens.find((candidate) => candidate.token === credential);
      if (token !== undefined && !isOver(token.expiresAt, now()))
        return { kind: 'token', ...token };
      const ours = issued.get(credential);
      if (ours !== undefined && ours.expiresAt > now()) return { kind: 'installation', ...ours };
      if (app === undefined || credential.split('.').length !== 3)
        return unknown('Bad credentials');
      const problem = jwtProblem(credential, app, now() / 1_000);
      return problem === null ? { kind: 'app' } : unknown(problem);
    },
    issueToken: (of) => {
      // Of no fixed length, as GitHub has announced.
      const token = `ghs_${randomBytes(60 + issued.size).toString('hex')}`;
      const expiresAt = now() + tokenLife;
      issued.set(token, { ...of, login: `${app?.slug}[bot]`, token, expiresAt });
      return { token, expiresAt };
    },
    expireTokens: () => issued.clear(),
  };
}

function isOver(expiresAt: string | undefined, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}

function unknown(message: string) {
  return { kind: 'unknown', message } as const;
}

const longestLife = 600;
/** Clocks differ. */
const tolerance = 5;

/** What is wrong with a JWT of the App, in GitHub's words; null when nothing is. @param now seconds */
function jwtProblem(jwt: string, app: AppSeed, now: number): string | null {
  const [head = '', claims = '', signature = ''] = jwt.split('.');
  const { alg } = decode(head);
  const { exp, iat, iss } = decode(claims);
  const key = createPublicKey(app.publicKey);
  const signed = Buffer.from(`${head}.${claims}`);
  const isOurs = verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'));
  if (alg !== 'RS256' || !isOurs) return 'A JSON web token could not be decoded';
  if (String(iss) !== String(app.id) && iss !== app.clientId) {
    return "'Issuer' claim ('iss') must be an Integer";
  }
  if (typeof exp !== 'number' || exp <= now) {
    const wanted = 'a numeric value representing the future time at which the assertion expires';
    return `'Expiration time' claim ('exp') must be ${wanted}`;
  }
  if (exp > now + longestLife + tolerance) {
    return "'Expiration time' claim ('exp') is too far in the future";
  }
  if (typeof iat !== 'number' || iat > now + tolerance) {
    const wanted = 'an Integer representing the time that the assertion was issued';
    return `'Issued at' claim ('iat') must be ${wanted}`;
  }
  return null;
}

function decode(part: string): JsonObject {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
