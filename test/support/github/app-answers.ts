import { isJsonObject, type JsonObject } from '../../../lib/domain/json-fields.ts';
import { ok, page, refuse, type Answers, type Asked, type Reply } from './answer.ts';
import type { Callers } from './callers.ts';
import { fromExample } from './description.ts';
import { configIn, shapeConfig } from './hook-answers.ts';
import { isInstalledOn, maySee } from './rights.ts';
import type { AppSeed, InstallationSeed, Permissions } from './seed.ts';
import { ownerOf, shapeApp, shapeRepository, shapeUser } from './shapes.ts';
import type { Hook, Webhooks } from './webhooks.ts';
import { timeText, type GithubWorld } from './world.ts';

export interface AppParts {
  app: AppSeed;
  callers: Callers;
  webhooks: Webhooks;
  world: GithubWorld;
}

/** What a GitHub App may ask about itself. */
export function appAnswers({ app, callers, webhooks, world }: AppParts): Answers {
  const hook = () => webhooks.hooks.find(({ place }) => place.kind === 'app');
  const isUser = (account: string) =>
    [...world.repositories.values()].some(
      (repository) => ownerOf(repository) === account && repository.ownerType === 'User',
    );
  const find = (accepts: (installation: InstallationSeed) => boolean): Reply => {
    const found = app.installations.find(accepts);
    return found === undefined ? refuse(404, 'Not Found') : ok(shapeInstallation(app, found));
  };
  return {
    'apps/get-authenticated': () => ok(shapeApp(app)),
    'apps/list-installations': (asked) => {
      const { headers, items } = page(asked, app.installations);
      return ok(
        items.map((installation) => shapeInstallation(app, installation)),
        headers,
      );
    },
    'apps/get-org-installation': ({ params }) =>
      find(({ account }) => account === params['org'] && !isUser(account)),
    'apps/get-user-installation': ({ params }) =>
      find(({ account }) => account === params['username'] && isUser(account)),
    'apps/get-repo-installation': ({ params }) =>
      find((one) => isInstalledOn(one, `${params['owner']}/${params['repo']}`)),
    'apps/create-installation-access-token': (asked) => issueToken(asked, { app, callers }),
    'apps/list-repos-accessible-to-installation': (asked) => listRepositories(asked, world),
    'apps/get-webhook-config-for-app': () => configOf(hook()),
    'apps/update-webhook-config-for-app': ({ body }) => {
      const known = hook();
      if (known !== undefined) Object.assign(known, configIn(body));
      return configOf(known);
    },
  };
}

function configOf(hook: Hook | undefined): Reply {
  return hook === undefined ? refuse(404, 'Not Found') : ok(shapeConfig(hook));
}

function issueToken(
  { body, params }: Asked,
  { app, callers }: Pick<AppParts, 'app' | 'callers'>,
): Reply {
  const installation = app.installations.find(({ id }) => String(id) === params['installation_id']);
  if (installation === undefined) return refuse(404, 'Not Found');
  const permissions = permissionsIn(body, installation);
  if (permissions === null) {
    return refuse(422, 'The permissions requested are not granted to this installation.');
  }
  const repositories = repositoriesIn(body);
  const names = repositories?.map((name) => `${installation.account}/${name}`) ?? [];
  if (!names.every((name) => isInstalledOn(installation, name))) {
    const words = 'There is at least one repository that does not exist or is not accessible';
    return refuse(422, `${words} to the parent installation.`);
  }
  const { expiresAt, token } = callers.issueToken({ installation, permissions, repositories });
  const selection = repositories ?? installation.repositories;
  const json = {
    token,
    expires_at: timeText(expiresAt),
    permissions: { metadata: 'read', ...permissions },
    repository_selection: selection === undefined ? 'all' : 'selected',
  };
  return { status: 201, json };
}

/** Null when more is asked for than the installation has. */
function permissionsIn(body: JsonObject, { permissions }: InstallationSeed): Permissions | null {
  const wanted: unknown = body['permissions'];
  if (!isJsonObject(wanted)) return permissions;
  const granted: Record<string, 'read' | 'write'> = {};
  for (const [name, level] of Object.entries(wanted)) {
    const has = name === 'metadata' ? 'read' : permissions[name];
    if (has === undefined || (level === 'write' && has === 'read')) return null;
    granted[name] = level === 'write' ? 'write' : 'read';
  }
  return granted;
}

function repositoriesIn(body: JsonObject): string[] | null {
  const names: unknown = body['repositories'];
  return Array.isArray(names) ? names.map(String) : null;
}

function listRepositories(asked: Asked, world: GithubWorld): Reply {
  const { apiUrl, caller } = asked;
  const seen = [...world.repositories.values()].filter((repository) => maySee(caller, repository));
  const { headers, items } = page(asked, seen);
  const repositories = items.map((repository) => shapeRepository(repository, apiUrl));
  return ok({ total_count: seen.length, repositories, repository_selection: 'all' }, headers);
}

function shapeInstallation(app: AppSeed, { account, id, ...installation }: InstallationSeed) {
  return fromExample('apps/get-org-installation', {
    id,
    account: shapeUser(account, 'Organization'),
    app_id: app.id,
    app_slug: app.slug,
    target_type: 'Organization',
    permissions: { metadata: 'read', ...installation.permissions },
    events: app.events ?? ['push', 'pull_request'],
    repository_selection: installation.repositories === undefined ? 'all' : 'selected',
    suspended_at: null,
  });
}
