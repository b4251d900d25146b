import { dirname } from 'node:path/posix';
import { z } from 'zod';
import type { ManifestFile } from '../../domain/source.ts';

// A broken field must not cost the others: every one falls back to "not there".
const text = z.string().optional().catch(undefined);
const versions = z.record(z.string(), z.string()).catch({});

const packageJsonSchema = z.object({
  name: text,
  main: text,
  module: text,
  types: text,
  bin: z.unknown().optional(),
  exports: z.unknown().optional(),
  imports: z.record(z.string(), z.unknown()).catch({}),
  scripts: versions,
  dependencies: versions,
  devDependencies: versions,
  peerDependencies: versions,
  optionalDependencies: versions,
});

/** A package.json of the source, with the fields that an analysis needs. */
export interface PackageJson extends z.infer<typeof packageJsonSchema> {
  path: string;
  /** Folder of the file, `.` for the source's root. */
  folder: string;
  /** The text, for the lines of its entries. */
  text: string;
}

/** Reads every package.json among `manifests`; one that is no JSON object is left out. */
export function parsePackageJsons(manifests: readonly ManifestFile[]): PackageJson[] {
  return manifests
    .filter(({ path }) => /(^|\/)package\.json$/.test(path))
    .flatMap((manifest) => {
      const fields = packageJsonSchema.safeParse(parseJson(manifest.text)).data;
      if (!fields) return [];
      return [
        { ...fields, path: manifest.path, folder: dirname(manifest.path), text: manifest.text },
      ];
    });
}

/** Every string inside a value of `exports`, `imports` or `bin`, whatever conditions lead there. */
export function targetsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(targetsOf);
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    // Not ours to judge: a package.json that npm cannot read declares nothing.
    return undefined;
  }
}
