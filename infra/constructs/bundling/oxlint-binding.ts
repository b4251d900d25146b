import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fetchPackage, type FetchOutcome, type LockedPackage } from './fetch-package.ts';
import { installedPackage } from './installed-package.ts';
import { projectFolder } from './project-folder.ts';

/** Processor of a Lambda function. */
export type Architecture = 'arm64' | 'x86_64';

/** The packages with oxlint's machine code for Lambda, which is a Linux with glibc. */
const bindings = {
  arm64: '@oxlint/binding-linux-arm64-gnu',
  x86_64: '@oxlint/binding-linux-x64-gnu',
} as const;

const cache = join(projectFolder, 'node_modules/.cache/autonomous-cicd');

/** Where npm has installed it for this machine, or else has fetched it for the function's processor. */
export function findOxlintBinding(architecture: Architecture): FetchOutcome & { name: string } {
  const name = bindings[architecture];
  const installed = installedPackage(name);
  const outcome: FetchOutcome =
    installed === undefined
      ? fetchPackage(lockedPackage(name), cache)
      : { kind: 'there', folder: installed };
  return { name, ...outcome };
}

const lockedSchema = z.object({ version: z.string(), integrity: z.string() });

/** The lockfile lists the packages for every machine, whichever of them npm has installed. */
function lockedPackage(name: string): LockedPackage {
  const lockfile = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'));
  return { name, ...lockedSchema.parse(lockfile.packages[`node_modules/${name}`]) };
}
