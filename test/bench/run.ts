/** `node test/bench/run.ts NAME` runs the exported `bench()` of `test/bench/NAME.ts`. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && isBenchmark(file))
  .map((file) => basename(file, '.ts'))
  .toSorted();
const name = process.argv[2];

if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Which benchmark? npm run bench -- ${names.join(' | ')}\n`);
  process.exitCode = 2;
} else {
  const { bench } = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
  await bench();
}

/** Other files of the folder serve the benchmarks. */
function isBenchmark(file: string): boolean {
  return /^export async function bench\(/m.test(readFileSync(join(folder, file), 'utf8'));
}
