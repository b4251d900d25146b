import type { SecretName } from '../../../lib/domain/secret-names.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import { isOurWebhook, type WebhookIdentity } from '../../../lib/domain/webhook-addresses.ts';
import { askGithub } from '../ask-github.ts';
import { off, ok, orFailure, problem, type CheckLine, type Place } from '../doctor/check-line.ts';
import { listGithubRepositories } from '../github-repositories.ts';
import type { OpenOutside } from '../desks/open-outside.ts';
import { checkGithubWebhook } from './check-github-webhook.ts';
import { checkLinearWebhook } from './check-linear-webhook.ts';
import { describeSessionWebhook } from './describe-session-webhook.ts';
import { findGithubPlaces, type PlacesWanted } from './github-places.ts';
import { area, areAbsent, register, type WebhookLines } from './webhook-lines.ts';

const withoutWebhooks = 'changes are found every 15 minutes, not at once';

interface WebhooksWanted extends Omit<PlacesWanted, 'isMeant'> {
  /** Where senders reach this host; undefined where that is not known. */
  base: string | undefined;
}

/** How the webhooks at GitHub are, and whether we could verify what they send. */
export function checkGithubWebhooks(
  { github, installation, secrets }: Pick<OpenOutside, 'github' | 'installation' | 'secrets'>,
  { base, ...wanted }: WebhooksWanted,
): Promise<CheckLine[]> {
  const place: Place = { area, subject: 'GitHub' };
  return orFailure(place, async () => {
    if (wanted.kind === 'none') {
      const isUsed = listGithubRepositories(wanted.config).length > 0;
      return isUsed ? [off(place, `no credentials: ${withoutWebhooks}`)] : [];
    }
    const identity: WebhookIdentity = { source: 'github', base, installation };
    const isMeant = (url: string) => isOurWebhook(url, identity);
    const places = await findGithubPlaces(github, { ...wanted, isMeant });
    if (places.length === 0) return [];
    const found = await askGithub('webhooks', places, (one) =>
      checkGithubWebhook(github, one, identity),
    );
    return tell(found, { base, place, secrets, secret: 'GITHUB_WEBHOOK_SECRET' });
  });
}

/**
 * The same for Linear.
 * @param base where senders reach this host; undefined where that is not known
 */
export function checkLinearWebhooks(
  { installation, linear, secrets }: Pick<OpenOutside, 'installation' | 'linear' | 'secrets'>,
  base: string | undefined,
): Promise<CheckLine[]> {
  const place: Place = { area, subject: 'Linear' };
  return orFailure(place, async () => {
    if (!(await linear.tracker.isConfigured())) return [];
    const identity: WebhookIdentity = { source: 'linear', base, installation };
    const found = [await checkLinearWebhook(linear.admin, identity, Date.now())];
    return [
      ...(await tell(found, { base, place, secrets, secret: 'LINEAR_WEBHOOK_SECRET' })),
      ...(await describeSessionWebhook(secrets, base)),
    ];
  });
}

interface Telling {
  place: Place;
  base: string | undefined;
  secrets: SecretStore;
  secret: Extract<SecretName, `${string}_WEBHOOK_SECRET`>;
}

async function tell(
  found: readonly WebhookLines[],
  { base, place, secret, secrets }: Telling,
): Promise<CheckLine[]> {
  // Nobody has said that there should be any, and there are none.
  const areUnwanted = base === undefined && areAbsent(found);
  const own = areUnwanted
    ? [off(place, `none, and host.webhookUrl is not set: ${withoutWebhooks}`)]
    : [await checkSecret(secrets, secret), ...found.flatMap((lines) => lines.own)];
  return [...own, ...found.flatMap(({ others }) => others)];
}

async function checkSecret(secrets: SecretStore, name: Telling['secret']): Promise<CheckLine> {
  const place: Place = { area, subject: name };
  const values = await secrets.get(name);
  if (values.length === 0) return problem(place, 'not set: every delivery is refused', register);
  return ok(place, values.length > 1 ? 'set, the previous one counts too' : 'set');
}
