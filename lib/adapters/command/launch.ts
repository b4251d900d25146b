import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UpstreamError } from '../../domain/errors.ts';
import { codeOf } from './error-code.ts';
import type { RunPaths } from './run-paths.ts';

const supervisor = fileURLToPath(new URL('./supervisor/supervisor.ts', import.meta.url));

/** Node starts in a tenth of a second; on a machine that is very busy it takes longer. */
const longestStartMs = 30_000;
const lookMs = 20;

/**
 * Starts a supervisor, and waits until one has the agent: this one, or that of an earlier call which was killed.
 * @param environment of the agent, and of its supervisor: nothing in it is ours
 */
export async function launchSupervisor(
  paths: RunPaths,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [supervisor, dirname(paths.folder), basename(paths.folder)],
    {
      cwd: paths.folder,
      detached: true,
      stdio: 'ignore',
      env: environment,
    },
  );
  let problem: string | undefined;
  child.once('error', (error) => (problem = codeOf(error)));
  child.once('exit', (code) => (problem = `exit code ${code}`));
  child.unref();
  for (const late = Date.now() + longestStartMs; Date.now() < late; await pause(lookMs)) {
    if (existsSync(paths.claim)) return;
    if (problem !== undefined) break;
  }
  if (existsSync(paths.claim)) return;
  const text = `The supervisor of the agent does not start (${problem ?? 'it takes too long'}).`;
  throw new UpstreamError(text, { service: 'command', retryable: true });
}
