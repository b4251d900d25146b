import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './data-folder.ts';

const pattern = /^[0-9a-f]{8}$/;

/**
 * 8 hex digits by which an installation knows again what it has made outside. They are made at first use and
 * kept in the data folder: names of machines change. Where that cannot be written, nothing is known again.
 */
export function markInstallation(dataFolder: string): string {
  const file = join(dataFolder, 'installation');
  const made = randomBytes(4).toString('hex');
  try {
    makeFolder(dataFolder);
    // Of two processes that make it at the same time, one finds that of the other.
    writeFileSync(file, `${made}\n`, { flag: 'wx', mode: 0o600 });
    return made;
  } catch {
    return readMark(file) ?? made;
  }
}

function readMark(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return pattern.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
