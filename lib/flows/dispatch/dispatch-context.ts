import { createHash } from 'node:crypto';
import type { ConfiguredComponent, DispatchContext } from '../../domain/dispatch/decision.ts';
import type { LoadedConfig } from '../../runtime/config.ts';
import { componentPaths, type ComponentPaths } from '../component-analysis/component-paths.ts';
import { listConfiguredComponents } from '../component-analysis/configured-components.ts';

/** @param stack name of the installation */
export function createDispatchContext(config: LoadedConfig, stack: string): DispatchContext {
  const { analysisLabel, issues } = config.config.linear;
  // Globs are compiled once, not for every path of every push.
  const pathsOf = new Map<ConfiguredComponent, ComponentPaths>();
  for (const component of listConfiguredComponents(config)) {
    pathsOf.set(component, componentPaths(component.paths));
  }
  return {
    stack,
    analysisLabel,
    components: [...pathsOf.keys()],
    componentOfIssue: issues,
    covers: (component, path) => pathsOf.get(component)?.includes(path) ?? false,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  };
}
