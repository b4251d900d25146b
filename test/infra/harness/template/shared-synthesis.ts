import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { synthesise, type ConfigInput, type Synthesised } from './synthesise.ts';

const project = fileURLToPath(new URL('../../../..', import.meta.url));
const cache = join(project, 'node_modules/.cache/autonomous-cicd-stacks');

/** All that a template and its bundles are made of. */
const sources = [
  '{functions,infra,lib}/**/*.{ts,mjs,cjs,css,json}',
  'test/infra/harness/template/synthesise.ts',
  'package.json',
  'package-lock.json',
];

/** Longer than a synthesis takes: whoever has locked it is no more. */
const staleMs = 180_000;
/** How long one stays that nobody has made anew. */
const keptMs = 3_600_000;

/**
 * Synthesises once what many test files run, each in a process of its own: it is kept in a folder named by
 * a digest of all that it is made of.
 */
export async function sharedSynthesis(config: ConfigInput): Promise<Synthesised> {
  const folder = join(cache, digestOf(config));
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    if (takeLock(lock)) {
      try {
        await keep(synthesise(config), folder);
      } finally {
        await rm(lock, { recursive: true });
      }
    } else {
      await pause(100);
    }
  }
  return read(folder);
}

function digestOf(config: ConfigInput): string {
  const hash = createHash('sha256').update(JSON.stringify(config));
  for (const path of globSync(sources, { cwd: project }).toSorted()) {
    hash.update(path).update(readFileSync(join(project, path)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** A folder is made by one process only, whoever else tries. */
function takeLock(lock: string): boolean {
  mkdirSync(cache, { recursive: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > staleMs) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

const keptSchema = z.object({ stackName: z.string(), template: z.unknown() });

async function keep({ assembly, ...kept }: Synthesised, folder: string): Promise<void> {
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await cp(assembly, draft, { recursive: true });
  await writeFile(join(draft, 'synthesised.json'), JSON.stringify(kept));
  await rename(draft, folder);
  await rm(assembly, { recursive: true });
  await removeOld();
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const madeAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - madeAt > keptMs) await rm(path, { recursive: true, force: true });
  }
}

async function read(folder: string): Promise<Synthesised> {
  const kept = keptSchema.parse(
    JSON.parse(await readFile(join(folder, 'synthesised.json'), 'utf8')),
  );
  return { ...kept, assembly: folder };
}
