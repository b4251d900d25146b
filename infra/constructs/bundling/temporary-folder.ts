import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'cicd-bundles-';
/** Milliseconds: whoever has made a folder is done with it by then, or still lives. */
const leftBehindAfter = 600_000;

let made: string | undefined;

/** One folder for this process, which is removed when it ends. */
export function temporaryFolder(): string {
  if (made !== undefined) return made;
  removeLeftBehind();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  made = folder;
  return folder;
}

/** A process that was killed could not remove its own. */
function removeLeftBehind(): void {
  for (const name of readdirSync(tmpdir()).filter((found) => found.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > leftBehindAfter && !isAlive(pid)) rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else lives, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
