import { resolve } from 'node:path';
import type { ConfiguredComponent } from '../../domain/dispatch/decision.ts';
import type { LoadedConfig } from '../../runtime/config.ts';

/** The input of an analysis of a configured component. */
export type ConfiguredAnalysis = Omit<ConfiguredComponent, 'onPush'>;

export function listConfiguredComponents({ config, folder }: LoadedConfig): ConfiguredComponent[] {
  return config.repositories.flatMap(({ analyseOnPush, components, name, source }) =>
    Object.entries(components).map(([component, paths]) => ({
      repository: name,
      component,
      paths,
      source: { kind: 'folder' as const, path: resolve(folder, source) },
      onPush: analyseOnPush,
    })),
  );
}

/** The inputs of an analysis of every configured component. */
export function listConfiguredAnalyses(config: LoadedConfig): ConfiguredAnalysis[] {
  return listConfiguredComponents(config).map(({ onPush: _onPush, ...analysis }) => analysis);
}
