import { chmod, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger, errorFields } from '../../runtime/logging.ts';
import { codeOf } from './error-code.ts';
import { progressOf } from './run-progress.ts';
import { isRunId, runPaths, workFolders, type RunPaths } from './run-paths.ts';

/** A clone is large: three days are enough to look into it, and to publish it in the end. */
const keptMs = 3 * 24 * 3_600_000;

/**
 * Removes the folders of agent runs that nothing has happened in for three days. Never throws: what stays is logged,
 * and tried again the next time.
 * @param root of all agent runs
 */
export async function removeOldRuns(root: string, now: number): Promise<void> {
  const names = await Promise.all([root, workFolders(root)].map(namesIn));
  for (const id of new Set(names.flat().filter(isRunId))) {
    const paths = runPaths(root, id);
    try {
      const isOld = now - (await changedAt(paths)) > keptMs;
      if (!isOld || progressOf(paths)?.kind === 'running') continue;
      await removeLocked(paths.workFolder);
      await rm(paths.folder, { recursive: true, force: true });
    } catch (error) {
      createLogger({ agentRunId: id }).warn('Agent run was not removed', errorFields(error));
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((): string[] => []);
}

/** Milliseconds since the epoch. */
async function changedAt({ folder, workFolder }: RunPaths): Promise<number> {
  const { mtimeMs } = await stat(folder).catch(async () => await stat(workFolder));
  return mtimeMs;
}

/** An agent may have locked us out of folders that it has made. */
async function removeLocked(folder: string): Promise<void> {
  await unlock(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  await rm(folder, { recursive: true, force: true });
}

/** Links are not followed. */
async function unlock(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  const children = await readdir(folder, { withFileTypes: true });
  for (const child of children) if (child.isDirectory()) await unlock(join(folder, child.name));
}
