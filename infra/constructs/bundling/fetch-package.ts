import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../lib/domain/errors.ts';

/** A package as package-lock.json has it. */
export interface LockedPackage {
  name: string;
  version: string;
  /** `sha512-…` */
  integrity: string;
}

/** The folder of a package, or in a line why there is none. */
export type FetchOutcome = { kind: 'there'; folder: string } | { kind: 'missing'; reason: string };

/** Milliseconds, in all. */
const longestFetch = 15_000;

/**
 * Has npm fetch one package from the registry that it is set up for, and keeps it. For packages that npm
 * does not install on this machine: they are for another processor or system. npm checks the integrity.
 * @param cache folder in which fetched packages are kept
 */
export function fetchPackage(locked: LockedPackage, cache: string): FetchOutcome {
  const kept = join(cache, `${locked.name.replaceAll('/', '-')}-${locked.version}`);
  const folder = join(kept, 'node_modules', locked.name);
  if (existsSync(folder)) return { kind: 'there', folder };

  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'fetching-'));
  try {
    install(locked, fresh);
    renameSync(fresh, kept);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another process may have fetched it meanwhile.
    if (!existsSync(folder)) return { kind: 'missing', reason: reasonOf(error) };
  }
  return { kind: 'there', folder };
}

/** As a project of its own, with a lockfile of its own. */
function install({ integrity, name, version }: LockedPackage, folder: string): void {
  const project = { dependencies: { [name]: version } };
  const packages = { '': project, [`node_modules/${name}`]: { version, integrity } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, ...project }));
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ lockfileVersion: 3, packages }),
  );
  const quick = ['--fetch-retries=0', '--fetch-timeout=10000', '--no-audit', '--no-fund'];
  // By force, as the package is for another machine than this one; its integrity is checked all the same.
  execFileSync('npm', ['ci', '--force', '--ignore-scripts', ...quick], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: longestFetch,
  });
}

/** npm tells what went wrong in lines like `npm error code ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const code = /^npm error code (\w+)$/m.exec(stderr)?.[1];
  return code === undefined ? (messageOf(error).split('\n')[0] ?? '') : `npm says ${code}`;
}
