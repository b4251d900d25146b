import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { isSameRepository } from '../../lib/domain/same-repository.ts';
import { describeSource, type Source } from '../../lib/domain/source.ts';
import type { AnalysisInput } from '../../lib/flows/component-analysis/input.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import { listConfiguredAnalyses } from '../../lib/flows/component-analysis/configured-components.ts';
import { WrongUseError } from './exit-codes.ts';

export interface ComponentRequest {
  name: string;
  /** Where it is, where that was said. */
  source: Source | undefined;
  /** Globs, where some were given. */
  paths: string[];
}

/** Every folder of a source that holds a file, with all folders above it; sorted. */
export type ListFolders = (source: Source) => Promise<string[]>;

/**
 * Says what NAME stands for: with globs, any name for what they match; else a configured component; else
 * the one folder of the source whose path ends in it.
 * @throws WrongUseError that names the candidates
 */
export async function resolveComponent(
  { name, paths, source }: ComponentRequest,
  config: LoadedConfig,
  listFolders: ListFolders,
): Promise<AnalysisInput> {
  const place = source ?? { kind: 'folder', path: config.folder };
  if (place.kind === 'folder' && !existsSync(place.path)) {
    throw new WrongUseError(`There is no folder ${place.path} to analyse.`);
  }
  if (paths.length > 0) return adHoc({ name, place, paths });

  const configured = configuredIn(source, config);
  const named = configured.filter(
    (analysis) => analysis.component === name || fullName(analysis) === name,
  );
  const [first, ...others] = named;
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    const names = named.map(fullName).join(' or ');
    throw new WrongUseError(`Several repositories have a component "${name}": say ${names}.`);
  }
  const wanted = name.replace(/^\.\//, '').replace(/\/+$/, '');
  const path = await findFolder({ name: wanted, place, configured }, listFolders);
  return adHoc({ name: wanted, place, paths: [literally(path)] });
}

/** Components as configured; of a repository that was named together with a ref, at that ref. */
function configuredIn(source: Source | undefined, config: LoadedConfig): AnalysisInput[] {
  const all: AnalysisInput[] = listConfiguredAnalyses(config);
  if (source === undefined) return all;
  const there = all.filter((analysis) => isSamePlace(analysis.source, source));
  if (source.kind === 'folder' || source.ref === null) return there;
  const { ref } = source;
  return there.map(({ component, paths, repository }) => {
    return { repository, component, paths, source: { kind: 'github', repository, ref } };
  });
}

function isSamePlace(one: Source, other: Source): boolean {
  if (one.kind === 'folder') return other.kind === 'folder' && one.path === other.path;
  if (other.kind === 'folder') return false;
  return isSameRepository(one.repository, other.repository);
}

/** Tells components of one name apart. */
function fullName({ component, repository }: AnalysisInput): string {
  return `${repository}/${component}`;
}

function adHoc(found: { name: string; place: Source; paths: string[] }): AnalysisInput {
  const { name, paths, place } = found;
  const repository = place.kind === 'github' ? place.repository : basename(place.path) || 'source';
  return { repository, component: name, paths, source: place };
}

/** A folder such as `app/[id]` is no pattern. */
function literally(path: string): string {
  return path === '**' ? path : path.replace(/[\\*?[\]{}()!+@|]/g, String.raw`\$&`);
}

const candidatesNamed = 10;

async function findFolder(
  { name, place, configured }: { name: string; place: Source; configured: AnalysisInput[] },
  listFolders: ListFolders,
): Promise<string> {
  if (name === '.') return '**';
  const folders = await listFolders(place);
  const matches = folders.filter((path) => path === name || path.endsWith(`/${name}`));
  const [only, ...others] = matches;
  if (only !== undefined && others.length === 0) return only;
  // The whole path names one folder, whatever lies deeper under the same name.
  if (matches.includes(name)) return name;
  throw notOne({ name, place, matches, known: configured.map(({ component }) => component) });
}

function notOne(found: {
  name: string;
  place: Source;
  matches: string[];
  known: string[];
}): WrongUseError {
  const { known, matches, name, place } = found;
  if (matches.length > 0) {
    const list = matches.slice(0, candidatesNamed).map((path) => `  ${path}`);
    return new WrongUseError(
      `"${name}" could be any of these folders; give more of the path:\n${list.join('\n')}`,
    );
  }
  const components = known.length === 0 ? '' : ` Configured components: ${known.join(', ')}.`;
  return new WrongUseError(
    `There is no component and no folder "${name}" in ${describeSource(place)}.${components}\n` +
      "With --path GLOB any name will do: cicd analyze NAME --path 'src/**/*.py'",
  );
}
