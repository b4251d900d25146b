import { isDeepStrictEqual } from 'node:util';
import type { GithubReport } from '../../domain/answers/places.ts';
import { isSameRepository } from '../../domain/same-repository.ts';
import type { Source } from '../../domain/source.ts';
import type { LoadedConfig } from '../../runtime/config.ts';
import {
  componentsOf,
  type ConfiguredAnalysis,
} from '../component-analysis/configured-components.ts';

/**
 * Where the configuration wants the outcome of an analysis on GitHub. Only where it is just the analysis that
 * is configured: anybody may analyse other paths, another branch or a folder under the same names, and that
 * must not stand on GitHub as what the component is like.
 */
export function wantedReport(
  analysis: ConfiguredAnalysis,
  { config, folder }: LoadedConfig,
): GithubReport {
  const configured = config.repositories.find((repository) =>
    componentsOf(repository, folder).some((component) => isSameAnalysis(component, analysis)),
  );
  return configured?.githubReport ?? 'none';
}

function isSameAnalysis(one: ConfiguredAnalysis, other: ConfiguredAnalysis): boolean {
  return (
    isSameRepository(one.repository, other.repository) &&
    one.component === other.component &&
    isDeepStrictEqual(one.paths, other.paths) &&
    isSameSource(one.source, other.source)
  );
}

/** At whichever commit. */
function isSameSource(one: Source, other: Source): boolean {
  if (one.kind === 'folder') return other.kind === 'folder' && other.path === one.path;
  return (
    other.kind === 'github' &&
    isSameRepository(one.repository, other.repository) &&
    one.ref === other.ref
  );
}
