import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { installedPackage } from './installed-package.ts';
import { findOxlintBinding, type Architecture } from './oxlint-binding.ts';

/**
 * Packages that look for files beside their code: WebAssembly, the module of a worker, a binary. They are
 * shipped as npm has installed them, with the files that are read at run time and no others.
 */
const packagesWithFiles: Readonly<Record<string, readonly string[]>> = {
  '@astral-sh/ruff-wasm-nodejs': ['ruff_wasm.js', 'ruff_wasm_bg.wasm'],
  piscina: ['dist/**/*.{js,mjs}'],
  'tree-sitter-python': ['tree-sitter-python.wasm'],
  'tree-sitter-typescript': ['tree-sitter-typescript.wasm', 'tree-sitter-tsx.wasm'],
  'web-tree-sitter': ['web-tree-sitter.js', 'web-tree-sitter.wasm'],
};

/** What the code of a bundle finds in the `node_modules` beside it. */
export const unbundledPackages: readonly string[] = [...Object.keys(packagesWithFiles), 'oxlint'];

/**
 * Copies them into a bundle. Without its binary oxlint is left out as a whole: the analysis says that it
 * is missing, and does everything else.
 * @returns what is missing, in sentences for whoever deploys
 */
export function shipPackages(bundle: string, architecture: Architecture): string[] {
  for (const [name, files] of Object.entries(packagesWithFiles)) {
    copyPackage({ name, folder: folderOf(name), files }, bundle);
  }
  const binding = findOxlintBinding(architecture);
  if (binding.kind === 'missing') {
    return [
      `TypeScript and JavaScript will not be linted: ${binding.name} cannot be fetched ` +
        `(${binding.reason}). Deploy where npm reaches its registry.`,
    ];
  }
  const oxlint = { name: 'oxlint', folder: folderOf('oxlint'), files: ['bin/oxlint', 'dist/*.js'] };
  copyPackage(oxlint, bundle);
  copyPackage({ ...binding, files: ['*.node'] }, bundle);
  return [];
}

interface PackageToCopy {
  name: string;
  folder: string;
  /** Globs. */
  files: readonly string[];
}

function copyPackage({ files, folder, name }: PackageToCopy, bundle: string): void {
  for (const file of globSync(['package.json', ...files], { cwd: folder })) {
    cpSync(join(folder, file), join(bundle, 'node_modules', name, file));
  }
}

function folderOf(name: string): string {
  const folder = installedPackage(name);
  if (folder === undefined) throw new Error(`${name} is not installed: run npm ci`);
  return folder;
}
