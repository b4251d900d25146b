import type { JsonObject } from '../../../lib/domain/json-fields.ts';
import { htmlUrl, ownerOf, shapeRepository, shapeUser } from './shapes.ts';
import { changesBetween, shaOf, type Commit, type GithubWorld, type Repository } from './world.ts';

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
  const told = { repository, branch, commit, parent, by, before: before ?? noCommit };
  return { ...payloadOf(told), created: before === undefined, forced: force };
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
  return { sha: shaOf(commit), ...commit };
}

interface Pushed {
  repository: Repository;
  branch: string;
  commit: Commit;
  parent: Commit | undefined;
  before: string;
  by: string;
}

function payloadOf({ before, branch, by, commit, parent, repository }: Pushed): JsonObject {
  const listed = shapePushed(repository, commit, parent);
  const owner = ownerOf(repository);
  return {
    ref: `refs/heads/${branch}`,
    before,
    after: commit.sha,
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
