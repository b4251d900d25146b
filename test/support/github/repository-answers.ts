import { ok, refuse, type RepositoryAnswers, type Reply } from './answer.ts';
import { fromExample } from './description.ts';
import { permissionsOf } from './rights.ts';
import { shapeCommit, shapeRepository } from './shapes.ts';
import {
  changesBetween,
  historyOf,
  resolveRef,
  shaOf,
  type Commit,
  type FileChange,
  type Repository,
} from './world.ts';

/** @param archiveUrl where the archive of a commit is: not where the API is */
export function repositoryAnswers(
  archiveUrl: (repository: Repository, commit: string) => string,
): RepositoryAnswers {
  return {
    'repos/get': ({ apiUrl, caller, repository }) =>
      ok({ ...shapeRepository(repository, apiUrl), ...permissionsOf(caller) }),
    'repos/get-branch': ({ apiUrl, params, repository }) => {
      const sha = repository.branches.get(params['branch'] ?? '');
      const commit = sha === undefined ? undefined : repository.commits.get(sha);
      if (commit === undefined) return refuse(404, 'Branch not found');
      return ok(shapeBranch(params['branch'] ?? '', shapeCommit(repository, commit, apiUrl)));
    },
    'repos/get-commit': ({ accept, apiUrl, params, repository }) => {
      const commit = findCommit(repository, params['ref'] ?? '');
      if ('status' in commit) return commit;
      if (!accept.includes('sha')) return ok(shapeCommit(repository, commit, apiUrl));
      const type = { 'content-type': 'application/vnd.github.sha; charset=utf-8' };
      return { status: 200, text: commit.sha, headers: type };
    },
    'git/get-tree': ({ apiUrl, params, query, repository }) => {
      const commit = resolveRef(repository, params['tree_sha'] ?? '');
      if (commit === undefined) return refuse(404, 'Not Found');
      const url = `${apiUrl}/repos/${repository.name}/git/trees/${commit.sha}`;
      const tree = shapeTree(commit.files, query.has('recursive'));
      return ok({ sha: commit.sha, url, tree, truncated: false });
    },
    'repos/download-tarball-archive': ({ params, repository }) => {
      const commit = resolveRef(repository, params['ref'] ?? '');
      if (commit === undefined) return refuse(404, 'Not Found');
      return { status: 302, headers: { location: archiveUrl(repository, commit.sha) } };
    },
    'repos/compare-commits-with-basehead': ({ apiUrl, params, query, repository }) => {
      const [base = '', head = ''] = (params['basehead'] ?? '').split('...');
      const [from, to] = [resolveRef(repository, base), resolveRef(repository, head)];
      if (from === undefined || to === undefined) return refuse(404, 'Not Found');
      return ok(compare({ apiUrl, from, repository, to }, Number(query.get('page') ?? 1)));
    },
  };
}

function findCommit(repository: Repository, ref: string): Commit | Reply {
  if (repository.commits.size === 0) return refuse(409, 'Git Repository is empty.');
  return resolveRef(repository, ref) ?? refuse(422, `No commit found for SHA: ${ref}`);
}

function shapeBranch(name: string, commit: object) {
  const url = `https://api.github.com/branches/${name}`;
  const links = { _links: { self: url, html: url }, protection_url: `${url}/protection` };
  return { name, commit, protected: false, protection: {}, ...links };
}

/** Without `recursive` only what lies at the top. */
function shapeTree(files: Commit['files'], recursive: boolean) {
  const sizes = new Map<string, number | null>();
  for (const [path, content] of Object.entries(files)) {
    const steps = path.split('/');
    steps.slice(0, -1).forEach((_, depth) => sizes.set(steps.slice(0, depth + 1).join('/'), null));
    sizes.set(path, Buffer.byteLength(content));
  }
  return [...sizes]
    .filter(([path]) => recursive || !path.includes('/'))
    .map(([path, size]) => {
      const sha = shaOf([path, files[path] ?? null]);
      if (size === null) return { path, mode: '040000', type: 'tree', sha };
      return { path, mode: '100644', type: 'blob', sha, size };
    });
}

/** GitHub lists no more files of a comparison, and those on the first page only. */
const mostFiles = 300;

interface Compared {
  apiUrl: string;
  repository: Repository;
  from: Commit;
  to: Commit;
}

/** From where the two parted to the second one, as GitHub compares. */
function compare({ apiUrl, from, repository, to }: Compared, pageNumber: number) {
  const ofBase = [...historyOf(repository, from)];
  const ofHead = [...historyOf(repository, to)];
  const base = ofHead.find((commit) => ofBase.includes(commit));
  if (base === undefined) return refuse(404, 'No common ancestor').json;
  const ahead = ofHead.slice(0, ofHead.indexOf(base));
  const behind = ofBase.indexOf(base);
  const changes = changesBetween(base.files, to.files).slice(0, mostFiles);
  const shape = (commit: Commit) => shapeCommit(repository, commit, apiUrl);
  return fromExample('repos/compare-commits-with-basehead', {
    url: `${apiUrl}/repos/${repository.name}/compare/${from.sha}...${to.sha}`,
    base_commit: shape(from),
    merge_base_commit: shape(base),
    status: statusOf(ahead.length, behind),
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: ahead.toReversed().map(shape),
    files: pageNumber === 1 ? changes.map(shapeFile) : [],
  });
}

function statusOf(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? 'identical' : 'behind';
  return behind === 0 ? 'ahead' : 'diverged';
}

function shapeFile({ path, status }: FileChange) {
  const url = `https://github.com/blob/${encodeURIComponent(path)}`;
  const addresses = { blob_url: url, raw_url: url, contents_url: url };
  const counts = { additions: 1, deletions: 1, changes: 2 };
  return { sha: '0'.repeat(40), filename: path, status, ...counts, ...addresses };
}
