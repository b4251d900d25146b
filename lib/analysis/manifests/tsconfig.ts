import { dirname, join } from 'node:path/posix';
import { parse } from 'jsonc-parser';
import { z } from 'zod';
import type { ManifestFile } from '../../domain/source.ts';

const tsconfigSchema = z.object({
  extends: z.union([z.string().transform((one) => [one]), z.array(z.string())]).catch([]),
  compilerOptions: z
    .object({
      baseUrl: z.string().optional().catch(undefined),
      paths: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
    })
    .catch({}),
});
type Tsconfig = z.infer<typeof tsconfigSchema>;

/** How a tsconfig.json maps specifiers that are neither relative nor packages. */
export interface PathMapping {
  /** Folder whose files the mapping holds for, `.` for the source's root. */
  folder: string;
  /** Folder that bare specifiers may start from; null without `baseUrl`. */
  baseUrl: string | null;
  /**
   * Pattern with at most one `*`, and the patterns of paths to try, relative to the source's
   * root.
   */
  paths: { pattern: string; targets: string[] }[];
}

/** Reads tsconfig.json and jsconfig.json with the files of the source that they extend. */
export function parsePathMappings(manifests: readonly ManifestFile[]): PathMapping[] {
  const configs = new Map<string, Tsconfig>();
  for (const { path, text } of manifests) {
    if (!/(^|\/)(ts|js)config[^/]*\.json$/.test(path)) continue;
    const config = tsconfigSchema.safeParse(parse(text, [], { allowTrailingComma: true })).data;
    if (config) configs.set(path, config);
  }
  const mappings: PathMapping[] = [];
  for (const path of configs.keys()) {
    if (!/(^|\/)(ts|js)config\.json$/.test(path)) continue;
    const { baseUrl, paths } = effectiveOptions(path, configs, new Set());
    if (baseUrl !== null || paths.length > 0) {
      mappings.push({ folder: dirname(path), baseUrl, paths });
    }
  }
  return mappings;
}

type Options = Omit<PathMapping, 'folder'>;

/** `seen` ends circles of `extends`. */
function effectiveOptions(
  path: string,
  configs: ReadonlyMap<string, Tsconfig>,
  seen: Set<string>,
): Options {
  const options: Options = { baseUrl: null, paths: [] };
  const config = configs.get(path);
  if (!config || seen.has(path)) return options;
  seen.add(path);
  const folder = dirname(path);
  for (const parent of config.extends) {
    const base = join(folder, parent);
    const found = [base, `${base}.json`].find((candidate) => configs.has(candidate));
    if (found !== undefined) Object.assign(options, effectiveOptions(found, configs, seen));
  }
  const { baseUrl, paths } = config.compilerOptions;
  if (baseUrl !== undefined) options.baseUrl = join(folder, baseUrl);
  if (paths !== undefined) {
    const start = options.baseUrl ?? folder;
    options.paths = Object.entries(paths).map(([pattern, targets]) => ({
      pattern,
      targets: targets.map((target) => join(start, target)),
    }));
  }
  return options;
}
