import type { WebhookPlace } from '../../../lib/ports/code-host-admin.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { isOurWebhook } from '../../../lib/domain/webhook-addresses.ts';
import { askGithub } from '../ask-github.ts';
import type { OpenOutside } from '../desks/open-outside.ts';
import { describePlace, findGithubPlaces } from './github-places.ts';
import { orFailed, removalOutcomes, type WebhookOutcome } from './outcome.ts';
import type { WebhookSecretName } from './webhook-secret.ts';

/** Whose webhooks get a new secret. */
export interface SecretSwitch {
  config: Config;
  outside: Pick<OpenOutside, 'github' | 'installation' | 'linear' | 'webhookUrl'>;
  organisation: string | undefined;
}

/**
 * Gives the webhooks of this installation another secret, and leaves everything else of them as it is.
 * @returns an outcome for each; none where there are no credentials to ask with
 */
export function switchWebhookSecret(
  wanted: SecretSwitch,
  name: WebhookSecretName,
  secret: string,
): Promise<WebhookOutcome[]> {
  return name === 'GITHUB_WEBHOOK_SECRET'
    ? orFailed('GitHub', () => switchAtGithub(wanted, secret))
    : orFailed('Linear', () => switchAtLinear(wanted, secret));
}

async function switchAtGithub(
  { config, organisation, outside }: SecretSwitch,
  secret: string,
): Promise<WebhookOutcome[]> {
  const { github, installation, webhookUrl: base } = outside;
  const isOurs = (url: string) => isOurWebhook(url, { source: 'github', base, installation });
  const { kind } = await github.whoAmI();
  const places = await findGithubPlaces(github, { config, isMeant: isOurs, kind, organisation });
  const switchOne = (place: WebhookPlace): Promise<WebhookOutcome[]> =>
    orFailed(describePlace(place), async () => {
      const own = (await github.listWebhooks(place)).filter(({ url }) => isOurs(url));
      for (const { events, id, url } of own) {
        await github.updateWebhook(place, id, { url, events, secret });
      }
      return switchOutcomes(describePlace(place), own);
    });
  return (await askGithub('webhooks', places, switchOne)).flat();
}

async function switchAtLinear(
  { outside }: SecretSwitch,
  secret: string,
): Promise<WebhookOutcome[]> {
  const { installation, linear, webhookUrl: base } = outside;
  if (!(await linear.tracker.isConfigured())) return [];
  const own = (await linear.admin.listWebhooks()).filter(({ url }) =>
    isOurWebhook(url, { source: 'linear', base, installation }),
  );
  for (const { id, label, resourceTypes, url } of own) {
    await linear.admin.updateWebhook(id, { url, label, resourceTypes, secret });
  }
  return switchOutcomes('Linear', own);
}

function switchOutcomes(place: string, webhooks: readonly { url: string }[]): WebhookOutcome[] {
  if (webhooks.length === 0) return removalOutcomes(place, []);
  return webhooks.map(({ url }) => ({ place, done: 'updated', detail: url }));
}
