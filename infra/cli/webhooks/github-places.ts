import type {
  CodeHostAdmin,
  CodeHostIdentity,
  WebhookPlace,
} from '../../../lib/ports/code-host-admin.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { askGithub } from '../ask-github.ts';
import { listGithubRepositories } from '../github-repositories.ts';
import { listVisible } from './hidden-webhooks.ts';

/** What says where webhooks are. */
export interface PlacesWanted {
  config: Config;
  kind: CodeHostIdentity['kind'];
  /** Named by the person. */
  organisation: string | undefined;
  /** Whether a webhook with this address is one of those that are looked for. */
  isMeant: (url: string) => boolean;
}

/**
 * Where our webhooks stand on GitHub: with the App; else with the organisation that was named, or that has
 * one already; else with each repository of the configuration that is on GitHub.
 */
export async function findGithubPlaces(
  admin: CodeHostAdmin,
  { config, isMeant, kind, organisation }: PlacesWanted,
): Promise<WebhookPlace[]> {
  if (kind === 'none') return [];
  if (kind === 'app') return [{ kind }];
  if (organisation !== undefined) return [{ kind: 'organisation', organisation }];
  const names = listGithubRepositories(config).map(({ name }) => name);
  const owners = [...Map.groupBy(names, (name) => name.split('/')[0] ?? name)];
  const places = await askGithub('owners', owners, async ([owner, repositories]) => {
    const common = { kind: 'organisation', organisation: owner } as const;
    // Where the owner is a person, or the token may not see it, each repository has its own.
    const hooks = await listVisible(() => admin.listWebhooks(common));
    return hooks.some(({ url }) => isMeant(url))
      ? [common]
      : repositories.map((repository) => ({ kind: 'repository', repository }) as const);
  });
  return places.flat();
}

export function describePlace(place: WebhookPlace): string {
  if (place.kind === 'app') return 'GitHub App';
  return place.kind === 'organisation'
    ? `GitHub organisation ${place.organisation}`
    : `GitHub ${place.repository}`;
}
