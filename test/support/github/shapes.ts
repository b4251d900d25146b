import { fromExample } from './description.ts';
import type { AppSeed } from './seed.ts';
import type { Commit, Repository } from './world.ts';

/** People, organisations and bots look the same in most answers. */
export function shapeUser(login: string, type: 'User' | 'Organization' = 'User') {
  const path = encodeURIComponent(login);
  const url = `https://api.github.com/users/${path}`;
  return {
    login,
    id: 1,
    node_id: 'MDQ6VXNlcjE=',
    avatar_url: 'https://github.com/images/error/octocat_happy.gif',
    gravatar_id: '',
    url,
    html_url: `https://github.com/${path}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : type,
    site_admin: false,
  };
}

export function ownerOf({ name }: Pick<Repository, 'name'>): string {
  return name.split('/')[0] ?? '';
}

export function htmlUrl({ name }: Repository): string {
  return `https://github.com/${name}`;
}

export function shapeRepository(repository: Repository, apiUrl: string): Record<string, unknown> {
  const { defaultBranch, id, name } = repository;
  return fromExample('repos/get', {
    id,
    name: name.split('/')[1],
    full_name: name,
    owner: shapeUser(ownerOf(repository), repository.ownerType),
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    default_branch: defaultBranch,
    url: `${apiUrl}/repos/${name}`,
    html_url: htmlUrl(repository),
    hooks_url: `${apiUrl}/repos/${name}/hooks`,
    language: null,
    organization: undefined,
    parent: undefined,
    source: undefined,
    template_repository: undefined,
    temp_clone_token: undefined,
  });
}

export function shapeCommit(
  repository: Repository,
  { author, date, message, parent, sha }: Commit,
  apiUrl: string,
): Record<string, unknown> {
  const url = `${apiUrl}/repos/${repository.name}/commits/${sha}`;
  const html_url = `${htmlUrl(repository)}/commit/${sha}`;
  const person = { name: author, email: `${author}@example.com`, date };
  return fromExample('repos/get-commit', {
    sha,
    url,
    html_url,
    comments_url: `${url}/comments`,
    commit: {
      url,
      author: person,
      committer: person,
      message,
      tree: { sha, url },
      comment_count: 0,
    },
    author: shapeUser(author),
    committer: shapeUser(author),
    parents: parent === null ? [] : [{ sha: parent, url }],
    files: [],
  });
}

export function shapeApp({ clientId, events, id, installations, slug }: AppSeed) {
  return fromExample('apps/get-authenticated', {
    id,
    slug,
    name: slug,
    client_id: clientId,
    html_url: `https://github.com/apps/${slug}`,
    permissions: installations[0]?.permissions ?? {},
    events: events ?? ['push', 'pull_request'],
    installations_count: installations.length,
  });
}
