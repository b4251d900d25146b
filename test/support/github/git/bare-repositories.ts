import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { personText } from '../git-objects.ts';
import type { Commit, Repository } from '../world.ts';
import { runGit } from './run-git.ts';

/** The repositories of the world as git has them, each made when somebody asks for it. */
export interface BareRepositories {
  /** Folder with all of them: `acme/shop.git`. */
  folder: string;
  /** Writes what is new in the world into the repository. @returns its folder */
  write(repository: Repository): Promise<string>;
  /** Takes branches into the world that were pushed. @returns them, with where they were before */
  read(repository: Repository): Promise<{ branch: string; before: string | null }[]>;
}

export function createBareRepositories(folder: string): BareRepositories {
  const written = new Map<Repository, Set<string>>();
  const working = new Map<Repository, Promise<unknown>>();

  /** One after the other: git locks what it changes. */
  const inTurn = <Result>(repository: Repository, work: () => Promise<Result>): Promise<Result> => {
    const next = (working.get(repository) ?? Promise.resolve()).then(work);
    working.set(repository, Promise.allSettled([next]));
    return next;
  };
  const pathOf = ({ name }: Repository) => join(folder, `${name}.git`);

  const write = async (repository: Repository): Promise<string> => {
    const path = pathOf(repository);
    if (!existsSync(path)) await create(path, repository);
    const known = written.get(repository) ?? new Set<string>();
    written.set(repository, known);
    const fresh = [...repository.commits.values()].filter(({ sha }) => !known.has(sha));
    const branches = [...repository.branches];
    await runGit(path, ['fast-import', '--quiet', '--force'], importText(fresh, branches));
    for (const { sha } of fresh) known.add(sha);
    return path;
  };
  const read: BareRepositories['read'] = async (repository) => {
    const path = pathOf(repository);
    const heads = await linesFrom(path, [
      'for-each-ref',
      '--format=%(objectname) %(refname:strip=2)',
      'refs/heads',
    ]);
    const pushed: { branch: string; before: string | null }[] = [];
    for (const line of heads) {
      const [sha = '', branch = ''] = line.split(' ');
      if (repository.branches.get(branch) === sha) continue;
      for (const commit of await newCommits(path, sha, repository)) {
        repository.commits.set(commit.sha, commit);
        written.get(repository)?.add(commit.sha);
      }
      pushed.push({ branch, before: repository.branches.get(branch) ?? null });
      repository.branches.set(branch, sha);
    }
    return pushed;
  };
  return {
    folder,
    write: (repository) => inTurn(repository, () => write(repository)),
    read: (repository) => inTurn(repository, () => read(repository)),
  };
}

async function create(path: string, { defaultBranch }: Repository): Promise<void> {
  mkdirSync(path, { recursive: true });
  await runGit(path, ['init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`]);
  // GitHub gives any commit that it has to whoever knows its name.
  await runGit(path, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  await runGit(path, ['config', 'transfer.hideRefs', importedRefs]);
}

async function linesFrom(path: string, args: readonly string[]): Promise<string[]> {
  const printed = (await runGit(path, args)).toString();
  return printed.split('\n').filter((line) => line !== '');
}

/** Each commit has one, so that none is lost. Nobody outside sees them. */
const importedRefs = 'refs/imported';

/** @see https://git-scm.com/docs/git-fast-import */
function importText(
  commits: readonly Commit[],
  branches: readonly (readonly [string, string])[],
): string {
  // What is only just being imported has no other name yet.
  const marks = new Map(commits.map(({ sha }, index) => [sha, `:${index + 1}`]));
  const nameOf = (sha: string) => marks.get(sha) ?? sha;
  const texts = commits.map((commit) => {
    const { files, message, parent, sha } = commit;
    const person = personText(commit);
    const contents = Object.entries(files).map(
      ([path, content]) => `M 100644 inline ${JSON.stringify(path)}\n${dataText(content)}`,
    );
    return [
      `commit ${importedRefs}/${sha}`,
      `mark ${nameOf(sha)}`,
      `author ${person}`,
      `committer ${person}`,
      dataText(`${message}\n`),
      ...(parent === null ? [] : [`from ${nameOf(parent)}`]),
      'deleteall',
      ...contents,
      '',
    ].join('\n');
  });
  const resets = branches.map(
    ([branch, sha]) => `reset refs/heads/${branch}\nfrom ${nameOf(sha)}\n\n`,
  );
  return [...texts, ...resets].join('');
}

function dataText(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}`;
}

/** Commits that lead to this one and that the world does not have yet, the oldest first. */
async function newCommits(path: string, sha: string, { commits }: Repository): Promise<Commit[]> {
  const known = [...commits.keys()].map((commit) => `^${commit}`);
  const fresh = await linesFrom(path, ['rev-list', '--reverse', sha, ...known]);
  return Promise.all(fresh.map((commit) => readCommit(path, commit)));
}

async function readCommit(path: string, sha: string): Promise<Commit> {
  const format = '--format=%P%x00%an%x00%aI%x00%B';
  const shown = (await runGit(path, ['show', '--no-patch', format, sha])).toString();
  const [parent = '', author = '', date = '', message = ''] = shown.split('\0');
  return {
    sha,
    parent: parent === '' ? null : parent,
    author,
    date: new Date(date).toISOString().replace('.000Z', 'Z'),
    message: message.trimEnd(),
    files: await readFiles(path, sha),
  };
}

/** What links lead to stands for their content. */
async function readFiles(path: string, sha: string): Promise<Record<string, string>> {
  const listed = (await runGit(path, ['ls-tree', '-r', '-z', sha])).toString();
  const entries = listed.split('\0').filter((entry) => entry !== '');
  const read = entries.map(async (entry) => {
    const [about = '', file = ''] = entry.split('\t');
    const content = await runGit(path, ['cat-file', 'blob', about.split(' ')[2] ?? '']);
    return [file, content.toString()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
