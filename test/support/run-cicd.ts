import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('../../infra/cli/cicd.mjs', import.meta.url));

export interface CicdResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the command line as a person would, in a process of its own. */
export function spawnCicd(args: string[], options: { env?: NodeJS.ProcessEnv; uid?: number } = {}) {
  return spawn(process.execPath, [program, ...args], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
    env: { ...process.env, ...options.env },
  });
}

/** Runs one command to its end. */
export async function runCicd(
  args: string[],
  options: { env?: NodeJS.ProcessEnv; uid?: number } = {},
): Promise<CicdResult> {
  const child = spawnCicd(args, options);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, stdout, stderr };
}
