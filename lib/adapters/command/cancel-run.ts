import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunPaths } from './run-paths.ts';
import { progressOf } from './run-progress.ts';

/** The supervisor looks ten times a second, and gives the agent two seconds to end. */
const longestMs = 5_000;
const lookMs = 50;

/** Asks the supervisor to end the agent, and waits a moment until it has. One that is still to come ends at once. */
export async function cancelRun(paths: RunPaths): Promise<void> {
  if (!existsSync(paths.folder)) return;
  await writeFile(paths.cancel, '');
  for (const late = Date.now() + longestMs; Date.now() < late; await pause(lookMs)) {
    if (progressOf(paths)?.kind !== 'running') return;
  }
}
