import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

const dayMs = 86_400_000;
/** Tasks of a run hand these on; nobody reads them after its end. */
const workDays = 2;

/**
 * Removes what runs have left behind: their work files soon, reports with their runs. The last report of
 * a component stays, however old: the next one is compared with it.
 */
export async function removeOldBlobs(blobFolder: string, retentionDays: number): Promise<void> {
  await removeOlderThan(join(blobFolder, 'work'), { days: workDays, keep: new Set() });
  await removeOlderThan(join(blobFolder, 'reports'), {
    days: retentionDays,
    keep: await lastReports(join(blobFolder, 'latest')),
  });
}

/** File names of the reports that `latest/*.json` point to. */
async function lastReports(folder: string): Promise<Set<string>> {
  const pointers = await readdir(folder).catch(() => []);
  const names = new Set<string>();
  for (const pointer of pointers) {
    const text = await readFile(join(folder, pointer), 'utf8');
    const { report }: { report: string } = JSON.parse(text);
    names.add(basename(report));
  }
  return names;
}

async function removeOlderThan(
  folder: string,
  { days, keep }: { days: number; keep: ReadonlySet<string> },
): Promise<void> {
  const oldest = Date.now() - days * dayMs;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null || found.mtimeMs >= oldest || keep.has(name)) continue;
    await rm(path, { recursive: true, force: true });
  }
}
