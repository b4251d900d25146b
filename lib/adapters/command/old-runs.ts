import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { progressOf } from './run-progress.ts';
import { isRunId, runPaths } from './run-paths.ts';

/** A clone is large: three days are enough to look into it, and to publish it in the end. */
const keptMs = 3 * 24 * 3_600_000;

/** Removes the folders of agent runs that nothing has happened in for three days. */
export async function removeOldRuns(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter(isRunId)) {
    const path = join(folder, name);
    const changedAt = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    const isOld = now - changedAt > keptMs;
    if (!isOld || progressOf(runPaths(path))?.kind === 'running') continue;
    // An agent may have locked us out of what it has made: no reason to start no other one.
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
