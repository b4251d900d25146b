import type { CodeHostIdentity, WebhookPlace } from '../../../lib/ports/code-host-admin.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';

/**
 * Where our webhooks stand on GitHub: with the App; else with the organisation, where one is named; else
 * with each repository of the configuration that is on GitHub.
 */
export function githubPlaces(
  { repositories }: Config,
  { kind, organisation }: { kind: CodeHostIdentity['kind']; organisation: string | undefined },
): WebhookPlace[] {
  if (kind === 'app') return [{ kind }];
  if (organisation !== undefined) return [{ kind: 'organisation', organisation }];
  return repositories
    .filter(isOnGithub)
    .map(({ name }) => ({ kind: 'repository', repository: name }));
}

/** Whether the repository of this name is on GitHub, as far as its name can say. */
function isOnGithub({ name }: Config['repositories'][number]): boolean {
  return /^[^/]+\/[^/]+$/.test(name);
}

export function describePlace(place: WebhookPlace): string {
  if (place.kind === 'app') return 'GitHub App';
  return place.kind === 'organisation'
    ? `GitHub organisation ${place.organisation}`
    : `GitHub ${place.repository}`;
}
