import type { Octokit } from '@octokit/core';
import { RequestError } from '@octokit/request-error';
import { endOf, rateLimitOf } from '../requests/rate-limit.ts';

/** Milliseconds that a client waits for by itself, and then asks again. */
export const longestWaitMs = 10_000;

/**
 * A plugin that sends nothing while a limit lasts that GitHub has told: one answer is enough for all who ask
 * by this client, and asking on would make it longer. They get that answer.
 * @param now milliseconds since the epoch
 */
export function keepToKnownLimit(now: () => number) {
  return ({ hook }: Octokit): void => {
    let known: { until: number; answer: RequestError } | undefined;
    hook.wrap('request', async (request, options) => {
      if (known !== undefined && now() < known.until) throw known.answer;
      try {
        return await request(options);
      } catch (error) {
        const until = error instanceof RequestError ? limitedUntil(error, now()) : undefined;
        if (error instanceof RequestError && until !== undefined) known = { until, answer: error };
        throw error;
      }
    });
  };
}

/** Undefined where there is no limit that is worth remembering. */
function limitedUntil({ message, response, status }: RequestError, now: number) {
  const limit = rateLimitOf({ headers: response?.headers ?? {}, message, status });
  const until = limit === undefined ? now : endOf(limit, now);
  return until - now > longestWaitMs ? until : undefined;
}
