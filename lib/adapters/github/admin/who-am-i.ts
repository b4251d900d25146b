import { z } from 'zod';
import type { CodeHostIdentity } from '../../../ports/code-host-admin.ts';
import type { GithubAccess } from '../access/access.ts';
import type { Answer } from '../requests/request.ts';
import { requestAnswer } from '../requests/request.ts';

const userSchema = z.object({ login: z.string() });
const appSchema = z.object({ name: z.string() });

type Headers = Answer<unknown>['headers'];

export async function whoAmI(access: GithubAccess): Promise<CodeHostIdentity> {
  const kind = await access.kind();
  if (kind === 'none') return { kind, name: null, scopes: null, expiresAt: null, quota: null };
  const app = await access.appClient();
  if (app !== undefined) {
    const { data, headers } = await requestAnswer(app, {
      route: 'GET /app',
      schema: appSchema,
      subject: 'the GitHub App',
      right: 'to tell its name',
    });
    return { kind, name: data.name, scopes: null, expiresAt: null, quota: quotaIn(headers) };
  }
  // A token is the same for every owner.
  const { data, headers } = await requestAnswer(await access.clientForOwner(''), {
    route: 'GET /user',
    schema: userSchema,
    subject: 'the user of GITHUB_TOKEN',
    right: 'to tell who it belongs to',
  });
  return {
    kind,
    name: data.login,
    scopes: scopesIn(headers),
    expiresAt: expiryIn(headers),
    quota: quotaIn(headers),
  };
}

/** Only classic tokens have scopes; the header is empty for one without any. */
function scopesIn(headers: Headers): string[] | null {
  const scopes = headers['x-oauth-scopes'];
  if (scopes === undefined) return null;
  return String(scopes)
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/** `2026-12-24 09:30:00 UTC` or `2026-12-24 09:30:00 +0100` */
function expiryIn(headers: Headers): string | null {
  return isoTime(Date.parse(String(headers['github-authentication-token-expiration'])));
}

function quotaIn(headers: Headers): CodeHostIdentity['quota'] {
  const limit = Number(headers['x-ratelimit-limit']);
  const remaining = Number(headers['x-ratelimit-remaining']);
  const resetsAt = isoTime(Number(headers['x-ratelimit-reset']) * 1_000);
  if (Number.isNaN(limit) || Number.isNaN(remaining) || resetsAt === null) return null;
  return { limit, remaining, resetsAt };
}

function isoTime(milliseconds: number): string | null {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
