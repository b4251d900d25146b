import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describeSource, type Source } from '../../lib/domain/source.ts';
import type { AnalysisInput } from '../../lib/flows/component-analysis/input.ts';
import type { SourceHost } from '../../lib/ports/source-host.ts';
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

/**
 * Says what NAME stands for: with globs, any name for what they match; else a configured component; else
 * the one folder of the source whose path ends in it.
 * @throws WrongUseError that names the candidates
 */
export async function resolveComponent(
  { name, paths, source }: ComponentRequest,
  config: LoadedConfig,
  sourceHost: SourceHost,
): Promise<AnalysisInput> {
  const place = source ?? { kind: 'folder', path: config.folder };
  if (place.kind === 'folder' && !existsSync(place.path)) {
    throw new WrongUseError(`There is no folder ${place.path} to analyse.`);
  }
  if (paths.length > 0) return adHoc({ name, place, paths });

  const configured = listConfiguredAnalyses(config).filter(
    (analysis) => source === undefined || isDeepStrictEqual(analysis.source, source),
  );
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
  const path = await findFolder({ name: wanted, place, configured }, sourceHost);
  return adHoc({ name: wanted, place, paths: [literally(path)] });
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
  sourceHost: SourceHost,
): Promise<string> {
  if (name === '.') return '**';
  const folders = await listFolders(place, sourceHost);
  const matches = folders.filter((path) => path === name || path.endsWith(`/${name}`));
  const [only, ...others] = matches;
  if (only !== undefined && others.length === 0) return only;
  // The whole path names one folder, whatever lies deeper under the same name.
  if (matches.includes(name)) return name;
  throw notOne({ name, place, matches, known: configured.map(({ component }) => component) });
}

/** Every folder that holds a file, with all folders above it. */
async function listFolders(place: Source, sourceHost: SourceHost): Promise<string[]> {
  const folders = new Set<string>();
  const { entries } = await sourceHost.open(place);
  for await (const { kind, path } of entries) {
    if (kind !== 'file') continue;
    const parts = path.split('/').slice(0, -1);
    parts.forEach((_, index) => folders.add(parts.slice(0, index + 1).join('/')));
  }
  return [...folders].toSorted();
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
