import { execFile } from 'node:child_process';
import { findProgram } from '../find-program.ts';
import { unusable } from '../unusable.ts';
import { gitEnvironment, type GitSettings } from './git-environment.ts';
import { explainGitFailure } from './git-failures.ts';

export interface GitCall {
  /** For the error: `clone acme/shop`. */
  doing: string;
  /** Where it runs. */
  folder: string;
  /** Beyond those that always hold. */
  settings?: GitSettings;
  /** `GIT_DIR`, `GIT_AUTHOR_NAME` and the like. */
  variables?: Readonly<Record<string, string>>;
}

/**
 * Runs git to its end. @returns what it has printed
 * @throws UpstreamError that says what a person can do
 */
export type Git = (args: readonly string[], call: GitCall) => Promise<string>;

/** What to say where there is no git. */
export const noGit = 'git is not on the PATH of the host. Install it.';

/** A large repository over a slow line. */
const longestMs = 300_000;
/** Lists of changed files. */
const largestOutput = 64 * 1024 * 1024;

/** The `git` command of this machine, with nothing of the host's own in its environment. */
export function createGit(environment: Readonly<Record<string, string | undefined>>): Git {
  return (args, { doing, folder, settings = {}, variables = {} }) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    // Found anew each time: people install it while the host runs.
    const program = findProgram('git', environment['PATH']);
    if (program === undefined) return Promise.reject(unusable(noGit));
    const options = {
      cwd: folder,
      env: { ...gitEnvironment(environment, settings), ...variables },
      timeout: longestMs,
      killSignal: 'SIGKILL',
      maxBuffer: largestOutput,
    } as const;
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(explainGitFailure({ doing, stderr, isLate: error.killed === true }));
    });
    return promise;
  };
}
