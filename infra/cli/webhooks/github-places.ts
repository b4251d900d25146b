import type {
  CodeHostAdmin,
  CodeHostIdentity,
  WebhookPlace,
} from '../../../lib/ports/code-host-admin.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { pointsHere } from '../../local/webhook-addresses.ts';
import { askGithub } from '../ask-github.ts';
import { listGithubRepositories } from '../github-repositories.ts';
import { listVisible } from './hidden-webhooks.ts';

/** What says where webhooks are. */
export interface PlacesWanted {
  config: Config;
  kind: CodeHostIdentity['kind'];
  /** Named by the person. */
  organisation: string | undefined;
  /** Where senders reach this host; undefined where that is not known. */
  url: string | undefined;
}

/**
 * Where our webhooks stand on GitHub: with the App; else with the organisation that was named, or that has
 * one already; else with each repository of the configuration that is on GitHub.
 */
export async function findGithubPlaces(
  admin: CodeHostAdmin,
  { config, kind, organisation, url }: PlacesWanted,
): Promise<WebhookPlace[]> {
  if (kind === 'none') return [];
  if (kind === 'app') return [{ kind }];
  if (organisation !== undefined) return [{ kind: 'organisation', organisation }];
  const names = listGithubRepositories(config).map(({ name }) => name);
  const owners = [...Map.groupBy(names, (name) => name.split('/')[0] ?? name)];
  const places = await askGithub('owners', owners, async ([owner, repositories]) =>
    (await hasWebhook(admin, owner, url))
      ? [{ kind: 'organisation', organisation: owner } as const]
      : repositories.map((repository) => ({ kind: 'repository', repository }) as const),
  );
  return places.flat();
}

/** Where the owner is a person, or the token may not see it, each repository has its own. */
async function hasWebhook(
  admin: CodeHostAdmin,
  organisation: string,
  base: string | undefined,
): Promise<boolean> {
  const list = () => admin.listWebhooks({ kind: 'organisation', organisation });
  const hooks = await listVisible(list);
  return hooks.some(({ url }) => pointsHere(url, { source: 'github', base }));
}

export function describePlace(place: WebhookPlace): string {
  if (place.kind === 'app') return 'GitHub App';
  return place.kind === 'organisation'
    ? `GitHub organisation ${place.organisation}`
    : `GitHub ${place.repository}`;
}
