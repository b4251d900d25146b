import { z } from 'zod';

export const languageSchema = z.enum(['python', 'typescript', 'javascript']);
/** A language whose files are judged. Files of other languages are counted only. */
export type Language = z.infer<typeof languageSchema>;

export const folderSourceSchema = z.object({
  kind: z.literal('folder'),
  /** Absolute path of a local folder, a git checkout or not. */
  path: z.string().regex(/^(\/|[A-Za-z]:[\\/])/, 'must be an absolute path'),
});
export type FolderSource = z.infer<typeof folderSourceSchema>;

/** As the source of a configured repository: no folder, but GitHub. */
export const githubSourceWord = 'github';

/** Both become parts of an address: neither may be a step upwards in it. */
const repositoryPattern = /^[A-Za-z0-9][A-Za-z0-9_-]*\/(?!\.{1,2}$)[A-Za-z0-9._-]+$/;
const refPattern = /^(?![./-])(?!.*(?:\.\.|\/\/|@\{))[^\s~^:?*[\\\p{C}]+$/u;

export const githubSourceSchema = z.object({
  kind: z.literal('github'),
  repository: z.string().max(200).regex(repositoryPattern, 'must be OWNER/NAME'),
  /** A branch, tag or commit; null stands for the default branch. */
  ref: z.string().max(255).regex(refPattern, 'must be a branch, tag or commit').nullable(),
  /** The commit of that ref to take, 40 hex digits. Absent: where the ref points to at the time. */
  atCommit: z
    .string()
    .regex(/^[0-9a-f]{40}$/, 'must be 40 hex digits')
    .optional(),
});
export type GithubSource = z.infer<typeof githubSourceSchema>;

/** Where source code comes from. */
export const sourceSchema = z.discriminatedUnion('kind', [folderSourceSchema, githubSourceSchema]);
export type Source = z.infer<typeof sourceSchema>;

/** Names a source in a message. */
export function describeSource(source: Source): string {
  if (source.kind === 'folder') return source.path;
  const { atCommit, ref, repository } = source;
  const commit = atCommit === undefined ? '' : ` (commit ${atCommit.slice(0, 10)})`;
  return `${repository} on GitHub${ref === null ? '' : ` at ${ref}`}${commit}`;
}

/** One text file of a source, in a judged language. */
export interface SourceFile {
  /** Relative to the source's root, with `/`. */
  path: string;
  language: Language;
  text: string;
  /** False for files that are read only to look up references into the component. */
  inComponent: boolean;
}

/** A file that declares dependencies (package.json, pyproject.toml, requirements*.txt, …). */
export interface ManifestFile {
  path: string;
  text: string;
  inComponent: boolean;
}
