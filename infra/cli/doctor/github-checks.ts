import type { CodeHostIdentity } from '../../../lib/ports/code-host-admin.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { listGithubRepositories, needsGithubCredentials } from '../github-repositories.ts';
import type { OpenOutside } from '../desks/open-outside.ts';
import { checkGithubWebhooks } from '../webhooks/check-webhooks.ts';
import { off, ok, orFailure, problem, warning, type CheckLine } from './check-line.ts';
import { formatQuota, isLow, joinDetails } from './quota.ts';
import { checkRepositories } from './repository-access.ts';

const place = { area: 'Credentials', subject: 'GitHub' } as const;
const dayMs = 24 * 3_600_000;
const soonMs = 14 * dayMs;

/**
 * Who we are on GitHub, what we may do with each repository, and how its webhooks are.
 * @param setup `now` in milliseconds since the epoch
 */
export function checkGithub(
  outside: Pick<OpenOutside, 'github' | 'installation' | 'secrets' | 'secretsPlace' | 'webhookUrl'>,
  { config, now }: { config: Config; now: number },
): Promise<CheckLine[]> {
  // Credentials that are not accepted are one problem, not one for each repository.
  return orFailure(place, async () => {
    const identity = await outside.github.whoAmI();
    const setup = { config, base: outside.webhookUrl, organisation: undefined };
    const [ofRepositories, ofWebhooks] = await Promise.all([
      checkRepositories(outside.github, listGithubRepositories(config), identity),
      checkGithubWebhooks(outside, { ...setup, kind: identity.kind }),
    ]);
    const credentials =
      identity.kind === 'none'
        ? judgeNobody(config, outside.secretsPlace)
        : judgeIdentity(identity, { now, secretsPlace: outside.secretsPlace });
    return [credentials, ...ofRepositories, ...ofWebhooks];
  });
}

function judgeNobody(config: Config, secretsPlace: string): CheckLine {
  const detail = 'no credentials: public repositories only, 60 requests an hour';
  const names = 'GITHUB_TOKEN, or GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY';
  const advice = `set ${names}, in ${secretsPlace}`;
  if (needsGithubCredentials(config)) return problem(place, detail, advice);
  const isUsed = listGithubRepositories(config).length > 0;
  return isUsed ? warning(place, detail, advice) : off(place, detail);
}

function judgeIdentity(
  identity: CodeHostIdentity,
  { now, secretsPlace }: { now: number; secretsPlace: string },
): CheckLine {
  const { expiresAt, quota } = identity;
  const detail = joinDetails([
    describeIdentity(identity),
    expiresAt === null ? null : `expires ${expiresAt.slice(0, 10)}`,
    formatQuota(quota),
  ]);
  if (expiresAt !== null && Date.parse(expiresAt) - now < soonMs) {
    const advice = `make a new token and put it into ${secretsPlace} before this one expires`;
    return warning(place, detail, advice);
  }
  if (quota !== null && isLow(quota)) {
    return warning(place, detail, 'wait for the reset; a GitHub App has a higher limit');
  }
  return ok(place, detail);
}

function describeIdentity({ kind, name, scopes }: CodeHostIdentity): string {
  if (kind === 'app') return `App ${name ?? 'without a name'}`;
  const owner = name ?? 'an unknown user';
  if (scopes === null) return `fine-grained token of ${owner}, whose rights only use can tell`;
  const list = scopes.length === 0 ? 'without scopes' : `with ${scopes.join(', ')}`;
  return `classic token of ${owner} ${list}`;
}
