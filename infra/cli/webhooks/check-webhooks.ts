import type { SecretName } from '../../../lib/domain/secret-names.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import { askGithub } from '../ask-github.ts';
import { off, ok, orFailure, problem, type CheckLine } from '../doctor/check-line.ts';
import { listGithubRepositories } from '../github-repositories.ts';
import type { OpenOutside } from '../open-outside.ts';
import { findGithubPlaces, type PlacesWanted } from './github-places.ts';
import { checkGithubWebhook, checkLinearWebhook, notRegistered } from './webhook-states.ts';

const area = 'Webhooks';
const withoutWebhooks = 'changes are found every 15 minutes, not at once';

/** How the webhooks at GitHub are, and whether we could verify what they send. */
export function checkGithubWebhooks(
  { github, secrets }: Pick<OpenOutside, 'github' | 'secrets'>,
  wanted: PlacesWanted,
): Promise<CheckLine[]> {
  const place = { area, subject: 'GitHub' } as const;
  return orFailure(place, async () => {
    if (wanted.kind === 'none') {
      const isUsed = listGithubRepositories(wanted.config).length > 0;
      return isUsed ? [off(place, `no credentials: ${withoutWebhooks}`)] : [];
    }
    const places = await findGithubPlaces(github, wanted);
    if (places.length === 0) return [];
    const found = await askGithub('webhooks', places, (one) =>
      checkGithubWebhook(github, one, wanted.url),
    );
    const lines = found.flat();
    if (areUnwanted(lines, wanted.url)) return [withoutAddress(place)];
    return [await checkSecret(secrets, 'GITHUB_WEBHOOK_SECRET'), ...lines];
  });
}

/**
 * The same for Linear.
 * @param url where senders reach this host; undefined where that is not known
 */
export function checkLinearWebhooks(
  { linear, secrets }: Pick<OpenOutside, 'linear' | 'secrets'>,
  url: string | undefined,
): Promise<CheckLine[]> {
  const place = { area, subject: 'Linear' } as const;
  return orFailure(place, async () => {
    if (!(await linear.tracker.isConfigured())) return [];
    const lines = await checkLinearWebhook(linear.admin, { url, now: Date.now() });
    if (areUnwanted(lines, url)) return [withoutAddress(place)];
    return [await checkSecret(secrets, 'LINEAR_WEBHOOK_SECRET'), ...lines];
  });
}

/** Nobody has said that there should be any, and there are none. */
function areUnwanted(lines: readonly CheckLine[], url: string | undefined): boolean {
  return url === undefined && lines.every(({ detail }) => detail === notRegistered);
}

function withoutAddress(place: { area: typeof area; subject: string }): CheckLine {
  return off(place, `none, and host.webhookUrl is not set: ${withoutWebhooks}`);
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
