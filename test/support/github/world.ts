import { createHash } from 'node:crypto';
import { commitId } from './git-objects.ts';
import type { GithubSeed, RepositorySeed } from './seed.ts';

export interface Commit {
  sha: string;
  /** Null for the first one. */
  parent: string | null;
  message: string;
  author: string;
  /** ISO 8601 UTC */
  date: string;
  /** All files of the repository at this commit. */
  files: Readonly<Record<string, string>>;
}

export interface Status {
  id: number;
  commit: string;
  state: string;
  context: string;
  description: string | null;
  targetUrl: string | null;
  creator: string;
  createdAt: string;
}

export interface CheckRun {
  id: number;
  /** Of the App that wrote it, and alone may change it. */
  appId: number;
  commit: string;
  name: string;
  status: string;
  conclusion: string | null;
  externalId: string;
  detailsUrl: string;
  output: { title: string | null; summary: string | null; text: string | null };
  startedAt: string;
  completedAt: string | null;
}

export interface Issue {
  number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: string | null;
  labels: string[];
  author: string;
  isPullRequest: boolean;
  createdAt: string;
  updatedAt: string;
}

/** What of a pull request is not in the issue of its number. */
export interface PullRequest {
  number: number;
  /** Branches of the same repository. */
  head: string;
  base: string;
  draft: boolean;
}

export interface Repository {
  id: number;
  /** `acme/shop` */
  name: string;
  ownerType: 'Organization' | 'User';
  defaultBranch: string;
  private: boolean;
  /** Commits by branch. */
  branches: Map<string, string>;
  /** Commits by names of tags. */
  tags: Map<string, string>;
  commits: Map<string, Commit>;
  statuses: Status[];
  checkRuns: CheckRun[];
  issues: Issue[];
  pullRequests: PullRequest[];
}

/** All that a test server keeps of repositories. Tests look into it, the API changes it. */
export interface GithubWorld {
  now: () => number;
  /** ISO 8601 UTC, whole seconds. */
  time: () => string;
  nextId: () => number;
  repositories: Map<string, Repository>;
}

export function createWorld(seeds: GithubSeed): GithubWorld {
  const { now = Date.now, repositories = [], users = [] } = seeds;
  let lastId = 1_000;
  const world: GithubWorld = {
    now,
    time: () => timeText(now()),
    nextId: () => (lastId += 1),
    repositories: new Map(),
  };
  for (const seed of repositories) {
    const isUser = users.includes(seed.name.split('/')[0] ?? '');
    const repository = createRepository(world, seed, isUser ? 'User' : 'Organization');
    world.repositories.set(seed.name.toLowerCase(), repository);
  }
  return world;
}

/** @param milliseconds since the epoch */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

function createRepository(
  world: GithubWorld,
  seed: RepositorySeed,
  ownerType: Repository['ownerType'],
): Repository {
  const { defaultBranch = 'main', files = { 'README.md': '# A repository\n' }, name } = seed;
  const repository: Repository = {
    id: world.nextId(),
    name,
    ownerType,
    defaultBranch,
    private: seed.private ?? false,
    branches: new Map(),
    tags: new Map(),
    commits: new Map(),
    statuses: [],
    checkRuns: [],
    issues: [],
    pullRequests: [],
  };
  if (files !== null) {
    const first = { parent: null, message: 'Begin', author: 'ada', date: world.time(), files };
    const sha = seed.commit ?? commitId(first);
    repository.commits.set(sha, { sha, ...first });
    repository.branches.set(defaultBranch, sha);
  }
  for (const issue of seed.issues ?? []) {
    repository.issues.push({
      number: repository.issues.length + 1,
      title: issue.title,
      body: issue.body ?? null,
      state: 'open',
      stateReason: null,
      labels: [],
      author: 'ada',
      isPullRequest: issue.isPullRequest ?? false,
      createdAt: world.time(),
      updatedAt: world.time(),
    });
  }
  return repository;
}

/** 40 hex digits, always the same for the same content. */
export function shaOf(content: unknown): string {
  return createHash('sha1').update(JSON.stringify(content)).digest('hex');
}

/** The commit that a branch, `HEAD`, the beginning of a commit's name or a whole one means. */
export function resolveRef(repository: Repository, ref: string): Commit | undefined {
  const { branches, commits, defaultBranch, tags } = repository;
  const branch = ref === 'HEAD' ? defaultBranch : ref.replace(/^(?:refs\/)?heads\//, '');
  // Of two that are called alike, a bare name stands for the tag.
  const known = commits.get(tags.get(ref) ?? branches.get(branch) ?? ref);
  if (known !== undefined) return known;
  if (!/^[0-9a-f]{7,}$/.test(ref)) return undefined;
  return [...commits.values()].find(({ sha }) => sha.startsWith(ref));
}

/** The commits from one back to the first, newest first. */
export function* historyOf({ commits }: Repository, commit: Commit): Generator<Commit> {
  let at: Commit | undefined = commit;
  while (at !== undefined) {
    yield at;
    at = at.parent === null ? undefined : commits.get(at.parent);
  }
}

export interface FileChange {
  path: string;
  status: 'added' | 'removed' | 'modified';
}

/** What differs between the files of two commits. */
export function changesBetween(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): FileChange[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].toSorted().flatMap((path): FileChange[] => {
    if (before[path] === after[path]) return [];
    if (before[path] === undefined) return [{ path, status: 'added' }];
    return [{ path, status: after[path] === undefined ? 'removed' : 'modified' }];
  });
}
