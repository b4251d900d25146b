import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectFolder } from '../../../infra/constructs/bundling/project-folder.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';

/** Of the machine that tests run on: its oxlint is installed. */
export const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';

export const config = parseConfig({
  repositories: [
    { name: 'acme/shop', source: 'github', components: { orders: ['src/orders/**'] } },
  ],
});

/** All files in `functions/`, so that one that is added is held to the same. */
export const functionNames = readdirSync(join(projectFolder, 'functions'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => basename(name, '.ts'));

/** Paths of all files of a bundle, from its root. */
export function filesIn(folder: string): string[] {
  return globSync('**/*', { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .toSorted();
}

export function bytesIn(folder: string, isMeant: (path: string) => boolean = () => true): number {
  return filesIn(folder)
    .filter(isMeant)
    .reduce((bytes, path) => bytes + statSync(join(folder, path)).size, 0);
}

/** Hex digits that tell two bundles apart. */
export function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const path of filesIn(folder)) hash.update(path).update(readFileSync(join(folder, path)));
  return hash.digest('hex');
}

/** Puts a bundle where Lambda would unzip it: somewhere else, alone. */
export function unzipped(folder: string, into: string): string {
  const task = join(into, 'task');
  cpSync(folder, task, { recursive: true });
  return task;
}

export interface BareProcess {
  /** Arguments for node. */
  args: readonly string[];
  /** The whole environment. */
  environment: Readonly<Record<string, string>>;
  /** Folders that it may read; none but those. */
  mayRead: readonly string[];
  /** Default: none. */
  mayWrite?: readonly string[];
}

/** Runs node as alone as Lambda does: what is not given to it, and to its children, is not there. */
export function runBare({ args, environment, mayRead, mayWrite = [] }: BareProcess) {
  const permissions = [
    '--permission',
    '--allow-addons',
    '--allow-child-process',
    '--allow-worker',
    '--disable-warning=SecurityWarning',
    ...mayRead.map((folder) => `--allow-fs-read=${folder}`),
    ...mayWrite.map((folder) => `--allow-fs-write=${folder}`),
  ];
  const { status, stderr, stdout } = spawnSync(process.execPath, [...permissions, ...args], {
    cwd: mayRead[0],
    encoding: 'utf8',
    env: environment,
    timeout: 25_000,
  });
  return { status, stderr, stdout };
}
