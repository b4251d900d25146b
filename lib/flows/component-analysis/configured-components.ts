import { resolve } from 'node:path';
import type { ConfiguredComponent } from '../../domain/dispatch/decision.ts';
import { isSameRepository } from '../../domain/same-repository.ts';
import { githubSourceWord, type Source } from '../../domain/source.ts';
import type { Config } from '../../runtime/config-schema.ts';
import type { LoadedConfig } from '../../runtime/config.ts';

/** The input of an analysis of a configured component. */
export type ConfiguredAnalysis = Omit<ConfiguredComponent, 'onPush'>;

type Repository = Config['repositories'][number];

export function listConfiguredComponents({ config, folder }: LoadedConfig): ConfiguredComponent[] {
  return config.repositories.flatMap((repository) => componentsOf(repository, folder));
}

/** @param folder that of the configuration file */
export function componentsOf(repository: Repository, folder: string): ConfiguredComponent[] {
  return Object.entries(repository.components).map(([component, paths]) => ({
    repository: repository.name,
    component,
    paths,
    source: sourceOf(repository, folder),
    onPush: repository.analyseOnPush,
  }));
}

function sourceOf({ name, ref, source }: Repository, folder: string): Source {
  return source === githubSourceWord
    ? { kind: 'github', repository: name, ref: ref ?? null }
    : { kind: 'folder', path: resolve(folder, source) };
}

/** The inputs of an analysis of every configured component. */
export function listConfiguredAnalyses(config: LoadedConfig): ConfiguredAnalysis[] {
  return listConfiguredComponents(config).map(({ onPush: _onPush, ...analysis }) => analysis);
}

/** What the configuration tells agents of a component beside their task; null where that is nothing. */
export function instructionsFor(
  { component, repository }: { component: string; repository: string },
  { repositories }: Config,
): string | null {
  const configured = repositories.find(({ name }) => isSameRepository(name, repository));
  const { agentInstructions = {} } = configured ?? {};
  return Object.hasOwn(agentInstructions, component)
    ? (agentInstructions[component] ?? null)
    : null;
}
