import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { bundleCode } from './bundle-code.ts';
import { contentsOf } from './function-contents.ts';
import type { Architecture } from './oxlint-binding.ts';
import { shipPackages, unbundledPackages } from './shipped-packages.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { describeBundle, threadSources } from './thread-modules.ts';

export type { Architecture };

export interface FunctionToBundle {
  /** Of a file in `functions/`, without its ending. */
  name: string;
  architecture: Architecture;
  config: Config;
}

export interface BundledFunction {
  /** Absolute, for `lambda.Code.fromAsset`; it goes with this process. */
  folder: string;
  /** As Lambda wants it. */
  handler: string;
  /** What it will not do, in sentences for whoever deploys; mostly none. */
  warnings: readonly string[];
}

const made = new Map<string, BundledFunction>();

/**
 * Makes the folder that is deployed as a function, once a process. The same input gives the same files: a
 * stack changes only where its code does.
 * @throws Error for code that cannot be bundled
 */
export function bundleFunction(request: FunctionToBundle): BundledFunction {
  const key = JSON.stringify([request.name, request.architecture, request.config]);
  const bundle = made.get(key) ?? makeBundle(request);
  made.set(key, bundle);
  return bundle;
}

function makeBundle({ architecture, config, name }: FunctionToBundle): BundledFunction {
  const { analyses, configured, threads } = contentsOf(name);
  const folder = mkdtempSync(join(temporaryFolder(), `${name}-`));
  const modules = { index: `functions/${name}.ts`, ...threadSources(threads) };
  for (const { contents, path } of bundleCode({ modules, external: unbundledPackages })) {
    write(join(folder, path), contents);
  }
  if (threads.length > 0) write(join(folder, 'package.json'), describeBundle(threads));
  if (configured) write(join(folder, 'config.json'), JSON.stringify(config));
  const warnings = analyses ? shipPackages(folder, architecture) : [];
  return { folder, handler: 'index.handler', warnings };
}

function write(file: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
}
