import { z } from 'zod';

export const languageSchema = z.enum(['python', 'typescript', 'javascript']);
/** A language whose files are judged. Files of other languages are counted only. */
export type Language = z.infer<typeof languageSchema>;

/** Where source code comes from. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('folder'),
    /** Absolute path of a local folder, a git checkout or not. */
    path: z.string().regex(/^(\/|[A-Za-z]:[\\/])/, 'must be an absolute path'),
  }),
]);
export type Source = z.infer<typeof sourceSchema>;

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
