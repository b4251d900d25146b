import { createFolderSourceHost } from '../../lib/adapters/folder/source-host.ts';
import { createGithubSourceHost } from '../../lib/adapters/github/source/source-host.ts';
import { githubSourceSchema, type Source } from '../../lib/domain/source.ts';
import type { AnalysisInput } from '../../lib/flows/component-analysis/input.ts';
import { githubApi } from '../../lib/runtime/local-environment.ts';
import { formatProblems } from '../../lib/runtime/problems.ts';
import { joinSourceHosts } from '../../lib/runtime/source-hosts.ts';
import { WrongUseError } from './exit-codes.ts';
import { createFolderList } from './list-folders.ts';
import { openOutside } from './desks/open-outside.ts';
import { resolvePath, type Settings } from './settings.ts';
import { resolveComponent } from './resolve-component.ts';

/** What a person has asked to be analysed. */
export interface AnalysisChoice {
  name: string;
  /** A folder. */
  source?: string;
  /** `owner/name` */
  repo?: string;
  ref?: string;
  /** Globs. */
  path?: string[];
}

/** @throws WrongUseError where it names nothing, several things, or what a stack cannot read */
export async function chooseAnalysis(
  choice: AnalysisChoice,
  settings: Settings,
): Promise<AnalysisInput> {
  const { name, path: paths = [] } = choice;
  const source = chosenSource(choice);
  if (settings.stack !== undefined && source?.kind === 'folder') throw noFolders(settings.stack);
  const outside = await openOutside(settings);
  try {
    const download = { stallMs: githubApi(process.env).requestMs };
    const sourceHost = joinSourceHosts({
      folder: createFolderSourceHost(settings.dataFolder),
      github: createGithubSourceHost(outside.githubAccess, { download }),
    });
    const listFolders = createFolderList(sourceHost, outside.githubAccess);
    const input = await resolveComponent({ name, source, paths }, settings.config, listFolders);
    const isFolder = input.source.kind === 'folder';
    if (settings.stack !== undefined && isFolder) throw noFolders(settings.stack);
    return input;
  } finally {
    await outside.close();
  }
}

function noFolders(stack: string): WrongUseError {
  return new WrongUseError(
    `The stack ${stack} reads no folders of this machine: name a component of a repository with the source ` +
      "'github', or --repo OWNER/NAME.",
  );
}

function chosenSource({ ref, repo, source }: AnalysisChoice): Source | undefined {
  if (repo !== undefined) {
    const chosen = { kind: 'github', repository: repo, ref: ref ?? null };
    const parsed = githubSourceSchema.safeParse(chosen);
    if (parsed.success) return parsed.data;
    const problems = formatProblems(parsed.error).join('; ');
    throw new WrongUseError(`--repo and --ref: ${problems}`);
  }
  if (ref !== undefined) throw new WrongUseError('--ref goes with --repo OWNER/NAME.');
  return source === undefined ? undefined : { kind: 'folder', path: resolvePath(source) };
}
