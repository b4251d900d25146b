import type { Module } from '../../domain/report.ts';
import { isDeclarationFile, isFolderEntry } from '../modules/file-roles.ts';
import type { ModuleImport } from '../modules/resolved-imports.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';

const limits = {
  /** Imports that no component of any size should need in one module. */
  fanOut: 15,
  /** Standard deviations above the component's mean. */
  deviations: 2,
  hub: 10,
  /** A module that this many rely on should rest on firm ground. */
  stableFanIn: 5,
  stable: 0.25,
  unstable: 0.75,
  unstableFanOut: 5,
};

/** Modules that are tied to too many others. Tests, entries of folders and declarations are tied by their purpose. */
export function checkCoupling(modules: readonly Module[], imports: readonly ModuleImport[]): Hit[] {
  const judged = modules.filter(({ path }) => !isTied(path));
  const usual = usualFanOut(judged);
  const hits: Hit[] = [];
  for (const module of judged) {
    const { path, fanIn, fanOut } = module;
    if (fanIn >= limits.hub && fanOut >= limits.hub) {
      const message = `${fanIn} modules import this one, and it imports ${fanOut} others.`;
      const isLarge = Math.min(fanIn, fanOut) >= 2 * limits.hub;
      const severity = isLarge ? 'medium' : 'low';
      hits.push({ rule: 'hub-module', path, line: 1, message, severity });
    } else if (fanOut >= limits.fanOut && fanOut > usual.limit) {
      const message =
        `The module imports ${fanOut} other modules of the source; ` +
        `${usual.mean.toFixed(1)} is the component's mean.`;
      hits.push({ rule: 'high-coupling', path, line: 1, message });
    }
  }
  return [...hits, ...checkStability(judged, imports)];
}

function isTied(path: string): boolean {
  return isTestPath(path) || isFolderEntry(path) || isDeclarationFile(path);
}

function usualFanOut(modules: readonly Module[]): { mean: number; limit: number } {
  const count = Math.max(1, modules.length);
  const mean = modules.reduce((sum, { fanOut }) => sum + fanOut, 0) / count;
  const variance = modules.reduce((sum, { fanOut }) => sum + (fanOut - mean) ** 2, 0) / count;
  return { mean, limit: mean + limits.deviations * Math.sqrt(variance) };
}

/** Stable modules that rest on clearly less stable ones. */
function checkStability(modules: readonly Module[], imports: readonly ModuleImport[]): Hit[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const seen = new Set<string>();
  return imports.flatMap(({ from, to, statement }) => {
    const user = byPath.get(from);
    const target = byPath.get(to);
    const key = `${from}\n${to}`;
    if (!user || !target || seen.has(key) || statement.kind === 'type-only') return [];
    seen.add(key);
    const isStable = user.fanIn >= limits.stableFanIn && isBelow(user, limits.stable);
    const isUnstable = target.fanOut >= limits.unstableFanOut && !isBelow(target, limits.unstable);
    if (!isStable || !isUnstable) return [];
    const message =
      `${user.fanIn} modules rely on this one (instability ${percent(user)}), ` +
      `but it depends on \`${to}\` (instability ${percent(target)}).`;
    return [{ rule: 'unstable-dependency', path: from, line: statement.line, message }];
  });
}

function isBelow({ instability }: Module, limit: number): boolean {
  return instability !== null && instability < limit;
}

function percent({ instability }: Module): string {
  return `${Math.round((instability ?? 0) * 100)} %`;
}
