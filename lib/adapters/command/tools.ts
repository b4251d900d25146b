import { tmpdir } from 'node:os';
import { findProgram } from './find-program.ts';
import { noGit, type Git } from './git/git-command.ts';
import { unusable } from './unusable.ts';

/** What it takes to run agents on this machine. */
export interface Tools {
  /** The agent: the absolute path of its program, and its arguments. */
  run: [program: string, ...args: string[]];
  /** Absolute path. */
  git: string;
  /** `2.39.5` */
  gitVersion: string;
}

/** Older ones do not read settings from the environment, and would do without them. */
const oldestGit = [2, 31] as const;

/** @throws UpstreamError, final, that says what is missing */
export async function findTools(
  run: readonly string[] | undefined,
  { git, path }: { git: Git; path: string | undefined },
): Promise<Tools> {
  const [program, ...args] = run ?? [];
  if (program === undefined) throw unusable('agents.command.run is not set in cicd.config.ts.');
  const found = findProgram(program, path);
  if (found === undefined) {
    const name = `"${program}" (agents.command.run)`;
    throw unusable(`${name} is not on the PATH of the host, or may not be executed. Install it.`);
  }
  const gitPath = findProgram('git', path);
  if (gitPath === undefined) throw unusable(noGit);
  const told = await git(['--version'], { doing: 'tell its version', folder: tmpdir() });
  const gitVersion = /\d+\.\d+[.\d]*/.exec(told)?.[0] ?? 'unknown';
  if (!isNewEnough(gitVersion)) {
    throw unusable(`git ${gitVersion} is too old. Install ${oldestGit.join('.')} or newer.`);
  }
  return { run: [found, ...args], git: gitPath, gitVersion };
}

/** In one line. Not with the arguments of the command: people put all kinds of things there. */
export function describeTools({ git, gitVersion, run }: Tools): string {
  return `${run[0]}, with git ${gitVersion} (${git})`;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestGit;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
