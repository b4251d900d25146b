import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type { GithubClient } from './client.ts';
import { final } from '../requests/failures.ts';
import { requestAnswer, type Answer } from '../requests/request.ts';

/** The token that acts for one installation of an App. */
export interface InstallationToken {
  /**
   * @param refused a token that GitHub does not take any more: not that one
   * @throws UpstreamError; with status 404 when the installation is gone
   */
  get(refused?: string): Promise<string>;
}

/** Nobody says that a token has to be of any length. */
const tokenSchema = z.object({ token: z.string().min(1), expires_at: z.iso.datetime() });

type TokenAnswer = z.infer<typeof tokenSchema>;

/** A token is not used in its last minutes: a request with it could still be on its way. */
const reserveMs = 120_000;

/**
 * Keeps a token until shortly before it expires, and asks for a new one once however many wait for it.
 * @param client signs as the App itself
 * @param now milliseconds since the epoch
 */
export function keepInstallationToken(
  client: GithubClient,
  installation: number,
  now: () => number,
): InstallationToken {
  let kept: { token: string; usableUntil: number } | undefined;
  let asking: Promise<string> | undefined;

  const ask = async (): Promise<string> => {
    const answer = await askForToken(client, installation);
    const { token } = answer.data;
    kept = { token, usableUntil: now() + lifetimeOf(answer, now()) - reserveMs };
    return token;
  };
  return {
    get: async (refused) => {
      if (kept !== undefined && kept.token !== refused && now() < kept.usableUntil) {
        return kept.token;
      }
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}

async function askForToken(
  client: GithubClient,
  installation: number,
): Promise<Answer<TokenAnswer>> {
  try {
    return await requestAnswer(client, {
      route: 'POST /app/installations/{installation_id}/access_tokens',
      parameters: { installation_id: installation },
      subject: "a token for the App's installation",
      right: 'Metadata: read',
      schema: tokenSchema,
      // One token more does no harm.
      repeatable: true,
    });
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    if (error.status !== 403 && error.status !== 404) throw error;
    throw final('The GitHub App was uninstalled or suspended: install it again.', error.status);
  }
}

/** By GitHub's clock, because ours may be wrong. */
function lifetimeOf({ data, headers }: Answer<TokenAnswer>, now: number): number {
  const answeredAt = Date.parse(String(headers['date']));
  return Date.parse(data.expires_at) - (Number.isNaN(answeredAt) ? now : answeredAt);
}
