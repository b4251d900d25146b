import type { JsonObject } from '../../../lib/domain/json-fields.ts';
import { htmlUrl, ownerOf, shapeRepository, shapeUser } from './shapes.ts';
import { commitId } from './git-objects.ts';
import { changesBetween, type Commit, type GithubWorld, type Repository } from './world.ts';

export interface Push {
  /** Default: the default branch. One that is not there begins at the default branch's head. */
  branch?: string;
  /** Content by path, written over what is there; null removes. */
  files: Readonly<Record<string, string | null>>;
  message?: string;
  /** Login. Default: `ada`. */
  by?: string;
  /** In place of the branch's newest commit, instead of after it. */
  force?: boolean;
}

const noCommit = '0'.repeat(40);

/** Adds a commit to a branch. @returns what GitHub tells of it to webhooks */
export function push(world: GithubWorld, repository: Repository, wanted: Push): JsonObject {
  const { branch = repository.defaultBranch, by = 'ada', force = false } = wanted;
  const { branches, commits, defaultBranch } = repository;
  const before = branches.get(branch);
  const head = commits.get(before ?? branches.get(defaultBranch) ?? '');
  const parent = force ? commits.get(head?.parent ?? '') : head;
  const commit = commitOn(parent, { ...wanted, by, date: world.time() });
  commits.set(commit.sha, commit);
  branches.set(branch, commit.sha);
  const pushed = { repository, branch, by, before: before ?? null };
  return { ...describePush(pushed), forced: force };
}

function commitOn(
  parent: Commit | undefined,
  { by, date, files: changes, message = 'Change files' }: Push & { by: string; date: string },
): Commit {
  const files: Record<string, string> = { ...parent?.files };
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) delete files[path];
    else files[path] = content;
  }
  const commit = { parent: parent?.sha ?? null, message, author: by, date, files };
  return { sha: commitId(commit), ...commit };
}

export interface Pushed {
  repository: Repository;
  branch: string;
  /** Login. */
  by: string;
  /** Where the branch was; null for a new one. */
  before: string | null;
}

/** What webhooks are told of the commit that a branch has got. */
export function describePush({ branch, by, before: known, repository }: Pushed): JsonObject {
  const { branches, commits } = repository;
  const commit = commits.get(branches.get(branch) ?? '');
  if (commit === undefined) throw new Error(`Nothing was pushed to ${branch}`);
  const listed = shapePushed(repository, commit, commits.get(commit.parent ?? ''));
  const owner = ownerOf(repository);
  const before = known ?? noCommit;
  return {
    ref: `refs/heads/${branch}`,
    before,
    after: commit.sha,
    created: known === null,
    forced: false,
    repository: shapeRepository(repository, 'https://api.github.com'),
    pusher: { name: by, email: `${by}@example.com` },
    organization: { login: owner, id: 1 },
    sender: shapeUser(by),
    deleted: false,
    base_ref: null,
    compare: `${htmlUrl(repository)}/compare/${before.slice(0, 12)}...${commit.sha.slice(0, 12)}`,
    commits: [listed],
    head_commit: listed,
  };
}

function shapePushed(repository: Repository, commit: Commit, parent: Commit | undefined) {
  const changes = changesBetween(parent?.files ?? {}, commit.files);
  const pathsOf = (wanted: string) =>
    changes.filter(({ status }) => status === wanted).map(({ path }) => path);
  const person = { name: commit.author, email: `${commit.author}@example.com` };
  return {
    id: commit.sha,
    tree_id: commit.sha,
    distinct: true,
    message: commit.message,
    timestamp: commit.date,
    url: `${htmlUrl(repository)}/commit/${commit.sha}`,
    author: { ...person, username: commit.author },
    committer: { ...person, username: commit.author },
    added: pathsOf('added'),
    removed: pathsOf('removed'),
    modified: pathsOf('modified'),
  };
}
