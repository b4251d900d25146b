import type { CodeHostAdmin, CodeHostIdentity } from '../../../lib/ports/code-host-admin.ts';
import { ok, off, orFailure, problem, warning, type CheckLine } from './check-line.ts';
import { formatQuota, isLow, joinDetails } from './quota.ts';

const place = { area: 'Credentials', subject: 'GitHub' } as const;
const dayMs = 24 * 3_600_000;
const soonMs = 14 * dayMs;

/**
 * Who we are on GitHub.
 * @param isNeeded whether the configuration asks for anything that takes credentials
 * @param now milliseconds since the epoch
 */
export function checkGithubCredentials(
  admin: CodeHostAdmin,
  { isNeeded, now }: { isNeeded: boolean; now: number },
): Promise<CheckLine[]> {
  return orFailure(place, async () => [judge(await admin.whoAmI(), isNeeded, now)]);
}

function judge(identity: CodeHostIdentity, isNeeded: boolean, now: number): CheckLine {
  const { expiresAt, kind, name, quota, scopes } = identity;
  if (kind === 'none') {
    const detail = 'no credentials: public repositories only, 60 requests an hour';
    const advice = 'set GITHUB_TOKEN, or GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY, in .env';
    return isNeeded ? problem(place, detail, advice) : off(place, detail);
  }
  const detail = joinDetails([
    `${kind === 'app' ? 'App' : 'token of'} ${name ?? 'an unknown user'}`,
    scopes === null || scopes.length === 0 ? null : `scopes ${scopes.join(', ')}`,
    expiresAt === null ? null : `expires ${expiresAt.slice(0, 10)}`,
    formatQuota(quota),
  ]);
  if (expiresAt !== null && Date.parse(expiresAt) - now < soonMs) {
    return warning(place, detail, 'make a new token and put it into .env before this one expires');
  }
  if (quota !== null && isLow(quota)) {
    return warning(place, detail, 'wait for the reset; a GitHub App has a higher limit');
  }
  return ok(place, detail);
}
