import { cpSync, globSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Packages that look for files of their own beside their code: WebAssembly, a worker's module, a binary.
 * They are shipped as npm installed them, with the files that are needed at run time and no others.
 */
const analysisPackages: Readonly<Record<string, readonly string[]>> = {
  '@astral-sh/ruff-wasm-nodejs': ['ruff_wasm.js', 'ruff_wasm_bg.wasm'],
  piscina: ['dist/**/*.js', 'dist/esm-wrapper.mjs'],
  'tree-sitter-python': ['tree-sitter-python.wasm'],
  'tree-sitter-typescript': ['tree-sitter-typescript.wasm', 'tree-sitter-tsx.wasm'],
  'web-tree-sitter': ['web-tree-sitter.js', 'web-tree-sitter.wasm'],
};

const oxlintFiles = ['bin/oxlint', 'dist/*.js'];
const bindingFiles = ['*.node'];

/** What the code of a bundle leaves to `node_modules` beside it. */
export const shippedPackages: readonly string[] = [...Object.keys(analysisPackages), 'oxlint'];

/** @param folder of the bundle */
export function shipAnalysisPackages(folder: string): void {
  for (const [name, files] of Object.entries(analysisPackages)) {
    shipPackage({ name, from: installedPackage(name), files }, folder);
  }
}

/** @param binding folder of the package with oxlint's code for the processor of the function */
export function shipOxlint(binding: { name: string; from: string }, folder: string): void {
  shipPackage({ name: 'oxlint', from: installedPackage('oxlint'), files: oxlintFiles }, folder);
  shipPackage({ ...binding, files: bindingFiles }, folder);
}

interface Shipment {
  name: string;
  /** The package's folder. */
  from: string;
  /** Globs. */
  files: readonly string[];
}

function shipPackage({ name, from, files }: Shipment, folder: string): void {
  for (const file of globSync(['package.json', ...files], { cwd: from })) {
    cpSync(join(from, file), join(folder, 'node_modules', name, file));
  }
}

function installedPackage(name: string): string {
  const description = findPackageJSON(name, import.meta.url);
  if (description === undefined) throw new Error(`${name} is not installed: run npm ci`);
  return dirname(description);
}
