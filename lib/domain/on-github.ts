import { githubSourceSchema, githubSourceWord } from './source.ts';

/** What a configured repository says of where it is. */
export interface ConfiguredPlace {
  name: string;
  /** `github`, or a folder. */
  source: string;
  githubReport: string;
  analyseOnPush: boolean;
}

/**
 * Whether GitHub is asked or answered about the repository: its source is read there, outcomes are shown there,
 * or pushes to it are awaited. Any other name, even one that looks like a repository's, stands for a folder and
 * is told to nobody.
 */
export function isOnGithub({
  analyseOnPush,
  githubReport,
  name,
  source,
}: ConfiguredPlace): boolean {
  const isWanted = source === githubSourceWord || githubReport !== 'none' || analyseOnPush;
  return isWanted && githubSourceSchema.shape.repository.safeParse(name).success;
}
