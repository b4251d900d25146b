import { buildSync, type OutputFile } from 'esbuild';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));

/** Packages that look for files of their own beside their code; they are shipped as they are. */
export interface CodeToBundle {
  /** Name of a module in the bundle, without its ending, and its source file from the project's root. */
  modules: Readonly<Record<string, string>>;
  external: readonly string[];
}

/** A file of the bundle; its path starts at the bundle's root. */
export interface BundledFile {
  path: string;
  contents: Uint8Array;
}

/**
 * CommonJS packages in a bundle of ES modules ask for modules of Node by `require`, which is not there by
 * itself.
 */
const banner =
  "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/** Never written to: nothing in the files may depend on where they are made. */
const outputFolder = 'bundle';

/**
 * Bundles modules and what they import into minified ES modules, each with a source map. What is imported
 * dynamically becomes a file of its own, which costs nothing until it is needed.
 */
export function bundleCode({ modules, external }: CodeToBundle): BundledFile[] {
  const { outputFiles } = buildSync({
    absWorkingDir: projectFolder,
    entryPoints: { ...modules },
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: banner },
    bundle: true,
    external: [...external],
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
    // Packages that have ES modules beside their CommonJS: only of those is left out what is not used.
    mainFields: ['module', 'main'],
    minify: true,
    platform: 'node',
    sourcemap: 'linked',
    sourcesContent: false,
    splitting: true,
    target: 'node24',
    write: false,
  });
  return outputFiles.map(toBundledFile);
}

function toBundledFile({ contents, path }: OutputFile): BundledFile {
  return { path: path.slice(`${projectFolder}${outputFolder}/`.length), contents };
}
