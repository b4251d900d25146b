import type { WebhookPlace } from '../../../ports/code-host-admin.ts';
import type { GithubAccess } from '../access/access.ts';
import type { GithubClient } from '../access/client.ts';
import { final } from '../requests/failures.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import type { Question } from '../requests/request.ts';

/** Where webhooks are found in GitHub's API, and what errors about them say. */
export interface HookAddress {
  client: GithubClient;
  /** `/repos/{owner}/{repo}/hooks` */
  path: string;
  /** For the placeholders of the path. */
  parameters: Readonly<Record<string, string>>;
  /** `the webhooks of acme/shop` */
  subject: string;
  /** Without what is to be done: `Webhooks`. */
  permission: string;
  /** The scope that lets a classic token do everything there; null for an App. */
  scope: string | null;
}

/** All webhooks of a place; that of an App, which has one. */
export async function addressOfPlace(
  access: GithubAccess,
  place: WebhookPlace,
): Promise<HookAddress> {
  if (place.kind === 'organisation') {
    return {
      client: await access.clientForOwner(place.organisation),
      path: '/orgs/{org}/hooks',
      parameters: { org: place.organisation },
      subject: `the webhooks of the organisation ${place.organisation}`,
      permission: 'Organization webhooks',
      scope: 'admin:org_hook',
    };
  }
  if (place.kind === 'repository') {
    return {
      client: await access.clientFor(place.repository),
      path: '/repos/{owner}/{repo}/hooks',
      parameters: repositoryParts(place.repository),
      subject: `the webhooks of ${place.repository}`,
      permission: 'Webhooks',
      scope: 'admin:repo_hook',
    };
  }
  const client = await access.appClient();
  if (client === undefined) throw final('No GitHub App is set up.');
  return {
    client,
    path: '/app/hook',
    parameters: {},
    subject: 'the webhook of the GitHub App',
    permission: 'App webhook',
    scope: null,
  };
}

/** One webhook of a place. */
export async function addressOfHook(
  access: GithubAccess,
  place: WebhookPlace,
  id: string,
): Promise<HookAddress> {
  const address = await addressOfPlace(access, place);
  if (place.kind === 'app') return address;
  const { parameters, path, subject } = address;
  return {
    ...address,
    path: `${path}/{hook_id}`,
    parameters: { ...parameters, hook_id: id },
    subject: `webhook ${id} of ${subject.replace('the webhooks of ', '')}`,
  };
}

interface HookQuestion<Data> extends Pick<Question<Data>, 'schema'> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** What comes after the path of the address: `/deliveries`. */
  below?: string;
  parameters?: Readonly<Record<string, unknown>>;
}

/** A request about what is at the address. */
export function questionAt<Data>(
  { parameters, path, permission, scope, subject }: HookAddress,
  { below = '', method, parameters: more = {}, schema }: HookQuestion<Data>,
): Question<Data> {
  const right = `${permission}: ${method === 'GET' ? 'read' : 'write'}`;
  return {
    route: `${method} ${path}${below}`,
    parameters: { ...parameters, ...more },
    schema,
    subject,
    right: scope === null ? right : `${right} (classic token: ${scope})`,
  };
}
