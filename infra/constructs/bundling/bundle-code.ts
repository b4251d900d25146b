import { buildSync, type OutputFile } from 'esbuild';
import { projectFolder } from './project-folder.ts';

export interface CodeToBundle {
  /** Names of modules in the bundle, without their ending, each with its source file from the project's root. */
  modules: Readonly<Record<string, string>>;
  /** Packages that are not bundled. */
  external: readonly string[];
}

export interface BundledFile {
  /** From the root of the bundle. */
  path: string;
  contents: Uint8Array;
}

/** Packages of CommonJS ask for modules of Node by `require`, which ES modules do not have by themselves. */
const banner =
  "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

const http = './infra/constructs/bundling/node-http.cjs';
const https = './infra/constructs/bundling/node-https.cjs';

/** Never written to: no file may depend on where it is made. */
const outputFolder = 'bundle';

/**
 * Bundles modules and all that they import into minified ES modules with source maps. What is imported
 * dynamically becomes a file of its own, and costs nothing until it is needed.
 * @throws Error for code that cannot be bundled; esbuild has told why on stderr
 */
export function bundleCode({ modules, external }: CodeToBundle): BundledFile[] {
  const { outputFiles } = buildSync({
    absWorkingDir: projectFolder,
    alias: { http, https, 'node:http': http, 'node:https': https },
    banner: { js: banner },
    bundle: true,
    chunkNames: 'chunks/[name]-[hash]',
    entryPoints: { ...modules },
    external: [...external],
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
    // The ES modules of packages that have CommonJS as well: only of these is left out what nobody uses.
    mainFields: ['module', 'main'],
    minify: true,
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
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
