import { createHash } from 'node:crypto';

/** Content by path. */
export type GitFiles = Readonly<Record<string, string>>;

export interface GitCommit {
  /** Null for the first one. */
  parent: string | null;
  message: string;
  author: string;
  /** ISO 8601 UTC, whole seconds. */
  date: string;
  files: GitFiles;
}

/** The name that git itself gives to the commit, so that the very commit can be cloned. */
export function commitId(commit: GitCommit): string {
  return idOf('commit', commitText(commit));
}

/** Of a commit's author and its committer. */
export function personText({ author, date }: Pick<GitCommit, 'author' | 'date'>): string {
  return `${author} <${author}@example.com> ${Date.parse(date) / 1_000} +0000`;
}

function commitText(commit: GitCommit): string {
  const { files, message, parent } = commit;
  const person = personText(commit);
  return [
    `tree ${treeId(files)}`,
    ...(parent === null ? [] : [`parent ${parent}`]),
    `author ${person}`,
    `committer ${person}`,
    '',
    `${message}\n`,
  ].join('\n');
}

interface TreeEntry {
  mode: '100644' | '40000';
  name: string;
  id: string;
}

/** @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
function treeId(files: GitFiles): string {
  const inFolders = new Map<string, Record<string, string>>();
  const entries: TreeEntry[] = [];
  for (const [path, content] of Object.entries(files)) {
    const [name = '', ...rest] = path.split('/');
    if (rest.length === 0) entries.push({ mode: '100644', name, id: idOf('blob', content) });
    else inFolders.set(name, { ...inFolders.get(name), [rest.join('/')]: content });
  }
  for (const [name, below] of inFolders) entries.push({ mode: '40000', name, id: treeId(below) });
  const lines = entries
    .toSorted((one, other) => Buffer.compare(sortKey(one), sortKey(other)))
    .flatMap(({ id, mode, name }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
  return idOf('tree', Buffer.concat(lines));
}

/** Git sorts a folder as if its name ended with a slash. */
function sortKey({ mode, name }: TreeEntry): Buffer {
  return Buffer.from(mode === '40000' ? `${name}/` : name);
}

function idOf(kind: 'blob' | 'tree' | 'commit', content: string | Buffer): string {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex');
}
