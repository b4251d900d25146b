import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('../../infra/cli/cicd.mjs', import.meta.url));

export interface CicdResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface CicdOptions {
  env?: NodeJS.ProcessEnv;
  uid?: number;
  /** What is piped into it. Default: nothing, and nothing can be asked for. */
  input?: string;
}

/** Starts the command line as a person would, in a process of its own. */
export function spawnCicd(args: string[], { input, ...options }: CicdOptions = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: projectFolder,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...options,
    env: { ...process.env, ...options.env },
  });
  child.stdin.end(input);
  return child;
}

/** Runs one command to its end. */
export async function runCicd(args: string[], options: CicdOptions = {}): Promise<CicdResult> {
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
