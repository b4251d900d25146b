import { Octokit } from '@octokit/core';
import type { OctokitOptions } from '@octokit/core/types';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import type { CallMeter } from '../../../ports/call-meter.ts';
import type { CredentialKind } from '../requests/failures.ts';
import { readQuota } from '../requests/rate-limit.ts';
import { keepToKnownLimit, longestWaitMs } from './known-limit.ts';

export interface GithubClientOptions {
  /** Milliseconds for one request with its answer. Default: 20 s. */
  requestMs?: number;
  /** Milliseconds before the first retry; later ones wait longer. Default: a twentieth of a request's time. */
  retryMs?: number;
  /** Milliseconds since the epoch. Default: the machine's clock. */
  now?: () => number;
  /** Counts each attempt. Default: nobody counts. */
  meter?: CallMeter;
}

/** Who asks, and how that is proven. */
export interface Asker {
  credential: CredentialKind;
  /** Those of one name share a rate limit, so their requests are paced together. */
  name: string;
  octokit: Pick<OctokitOptions, 'auth' | 'authStrategy'>;
}

/**
 * A longer wait is for whoever retries the run. Octokit passes the seconds, the request, itself, and how often
 * it has waited for that request.
 */
function waitOnce(...[seconds, , , waits]: [number, object, object, number]): boolean {
  return waits === 0 && seconds * 1_000 <= longestWaitMs;
}

/** Octokit, together with what its errors are to say of who has asked. */
export type GithubClient = Octokit & { readonly credential: CredentialKind };

/** GitHub's REST API: keeps its rate limits, and tries again what has failed in passing. */
export function createGithubClient(
  apiUrl: string,
  { credential, name, octokit }: Asker,
  options: GithubClientOptions = {},
): GithubClient {
  const { meter, now = Date.now, requestMs = 20_000, retryMs = requestMs / 20 } = options;
  // The first plugin is the closest to the line: what waits for its turn meanwhile is not sent either.
  const PacedOctokit = Octokit.plugin(keepToKnownLimit(now), throttling, retry);
  const client = new PacedOctokit({
    ...octokit,
    baseUrl: apiUrl,
    userAgent: 'autonomous-cicd',
    // Its warnings hold addresses; what fails is told by the error.
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    request: { fetch: counted(fetchFrom(new URL(apiUrl).origin, requestMs), meter) },
    retry: {
      retries: 2,
      retryAfterBaseValue: retryMs,
      // Its own list lacks 429, which says by itself how long to wait.
      doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451],
    },
    throttle: { id: `${apiUrl} ${name}`, onRateLimit: waitOnce, onSecondaryRateLimit: waitOnce },
  });
  return Object.assign(client, { credential });
}

/**
 * Asks nobody else: Octokit takes a parameter that is named `url` for where to send a request, credentials
 * and all. The time-out is that of each attempt: one for all would leave nothing for the second.
 */
function fetchFrom(origin: string, milliseconds: number): typeof fetch {
  return (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input);
    if (address.origin !== origin) throw new TypeError('a request would go elsewhere');
    return fetch(input, { ...init, signal: AbortSignal.timeout(milliseconds) });
  };
}

/** Down here, since what is tried again above is a call each time. */
function counted(send: typeof fetch, meter: CallMeter | undefined): typeof fetch {
  return async (...request) => {
    try {
      const response = await send(...request);
      meter?.count('github', readQuota(response.headers));
      return response;
    } catch (error) {
      meter?.count('github');
      throw error;
    }
  };
}

function ignore(): void {}
