import { buildSync } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCode } from '../../../infra/constructs/bundling/bundle-code.ts';
import { bundleFunction } from '../../../infra/constructs/bundling/bundle-function.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import { githubPush, linearLabel } from './deliveries.ts';

/** A bundle that is measured. */
export interface Candidate {
  name: string;
  folder: string;
  handler: string;
}

export interface WebhookCandidate extends Candidate {
  delivery: () => unknown;
}

/** @param folder for the bundles that are not ours */
export function webhookCandidates(folder: string): WebhookCandidate[] {
  const straight = bundlePlainly('straight-webhook', folder);
  return [
    { ...bundlePlainly('empty-handler', folder), name: 'empty handler', delivery: githubPush },
    { ...straight, name: 'straight with the SDK', delivery: githubPush },
    { ...likeOurs('github-webhook-by-sdk', folder), delivery: githubPush },
    { ...ours('github-webhook'), delivery: githubPush },
    { ...ours('linear-webhook'), delivery: linearLabel },
  ];
}

export function analysisCandidates(folder: string): Candidate[] {
  return [
    { ...bundlePlainly('empty-handler', folder), name: 'empty handler' },
    ours('component-analysis'),
  ];
}

/** As it is deployed, but for the processor of this machine. */
function ours(name: string): Candidate {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const { folder, handler } = bundleFunction({ name, architecture, config: parseConfig({}) });
  return { name, folder, handler };
}

/** Bundled as ours are. */
function likeOurs(name: string, folder: string): Candidate {
  const modules = { index: `test/bench/cold/${name}.ts` };
  for (const { contents, path } of bundleCode({ modules, external: [] })) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  return { name, folder: join(folder, name), handler: 'index.handler' };
}

/** As people bundle a function: one minified ES module. */
function bundlePlainly(name: string, folder: string): Candidate {
  const outdir = join(folder, name);
  buildSync({
    // Packages of CommonJS ask for modules of Node by `require`.
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    bundle: true,
    entryPoints: { index: fileURLToPath(new URL(`${name}.ts`, import.meta.url)) },
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    outdir,
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    target: 'node24',
  });
  return { name, folder: outdir, handler: 'index.handler' };
}
