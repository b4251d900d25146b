import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';

/** Runs git to its end. @returns what it has printed. @throws what it says where it fails */
export async function runGit(
  repository: string,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Buffer> {
  const child = spawn('git', ['-C', repository, ...args], { env: gitVariables() });
  // Git may not want it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [printed, told, code] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    ended,
  ]);
  if (code === 0) return printed;
  throw new Error(`git ${args.join(' ')}: ${told}`);
}

/** Nothing of the settings of whoever runs the tests. */
export function gitVariables(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
}
