import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { blobRetentionDays } from '../../lib/domain/blob-retention.ts';

const dayMs = 86_400_000;
const nothing: ReadonlySet<string> = new Set();

/**
 * Removes what runs have left behind: their work files soon, reports with their runs. The last report of
 * a component stays much longer: the next one is compared with it.
 */
export async function removeOldBlobs(blobFolder: string, retentionDays: number): Promise<void> {
  await removeOlderThan(join(blobFolder, 'work'), { days: blobRetentionDays.work, keep: nothing });
  // A component that nobody has analysed for so long: a build folder, a name that was tried once.
  await removeOlderThan(join(blobFolder, 'latest'), {
    days: blobRetentionDays.latest,
    keep: nothing,
  });
  await removeOlderThan(join(blobFolder, 'reports'), {
    days: retentionDays,
    keep: await lastReports(join(blobFolder, 'latest')),
  });
}

/** File names of the reports that `latest/*.json` point to. */
async function lastReports(folder: string): Promise<Set<string>> {
  const names = new Set<string>();
  for (const pointer of await list(folder)) {
    if (!pointer.endsWith('.json')) continue;
    const text = await readFile(join(folder, pointer), 'utf8');
    const { report }: { report: string } = JSON.parse(text);
    names.add(basename(report));
  }
  return names;
}

/** A folder that is not there (yet) holds nothing. */
async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

async function removeOlderThan(
  folder: string,
  { days, keep }: { days: number; keep: ReadonlySet<string> },
): Promise<void> {
  const oldest = Date.now() - days * dayMs;
  for (const name of await list(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null || found.mtimeMs >= oldest || keep.has(name)) continue;
    await rm(path, { recursive: true, force: true });
  }
}
