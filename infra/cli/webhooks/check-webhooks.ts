import type { SecretName } from '../../../lib/domain/secret-names.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { off, ok, orFailure, problem, type CheckLine } from '../doctor/check-line.ts';
import { mapAtOnce } from '../doctor/map-at-once.ts';
import type { OpenOutside } from '../open-outside.ts';
import { githubPlaces } from './github-places.ts';
import { checkGithubWebhook, checkLinearWebhook } from './webhook-states.ts';

const area = 'Webhooks';
const requestsAtOnce = 8;

/**
 * How the webhooks are, and whether we could verify what they send.
 * @param url where senders reach this host; undefined where that is not known
 */
export async function checkWebhooks(
  outside: OpenOutside,
  setup: { config: Config; url: string | undefined; organisation: string | undefined },
): Promise<CheckLine[]> {
  const { config, organisation, url } = setup;
  const { github, linear, secrets } = outside;
  if (url === undefined) return [withoutAddress()];
  const ofGithub = orFailure({ area, subject: 'GitHub' }, async () => {
    const { kind } = await github.whoAmI();
    const places = kind === 'none' ? [] : githubPlaces(config, { kind, organisation });
    if (places.length === 0) return [];
    const lines = await mapAtOnce(places, requestsAtOnce, (place) =>
      checkGithubWebhook(github, place, url),
    );
    return [await checkSecret(secrets, 'GITHUB_WEBHOOK_SECRET'), ...lines.flat()];
  });
  const ofLinear = orFailure({ area, subject: 'Linear' }, async () => {
    if (!(await linear.tracker.isConfigured())) return [];
    const secret = await checkSecret(secrets, 'LINEAR_WEBHOOK_SECRET');
    return [secret, ...(await checkLinearWebhook(linear.admin, url))];
  });
  return (await Promise.all([ofGithub, ofLinear])).flat();
}

function withoutAddress(): CheckLine {
  const place = { area, subject: 'address' } as const;
  return off(place, 'host.webhookUrl is not set: changes are found every 15 minutes, not at once');
}

async function checkSecret(
  secrets: SecretStore,
  name: Extract<SecretName, `${string}_WEBHOOK_SECRET`>,
): Promise<CheckLine> {
  const place = { area, subject: name } as const;
  const values = await secrets.get(name);
  if (values.length === 0) {
    return problem(place, 'not set: every delivery is refused', 'run cicd webhooks register');
  }
  return ok(place, values.length > 1 ? 'set, the previous one counts too' : 'set');
}
