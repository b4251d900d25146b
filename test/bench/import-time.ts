import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

export interface ImportTime {
  /** Median over fresh processes. */
  milliseconds: number;
  /** Modules of Node that were loaded beyond those of an empty process. */
  nodeModules: number;
}

const script = `
  const before = process.moduleLoadList.length;
  const startedAt = performance.now();
  await import(process.argv[1]);
  const milliseconds = performance.now() - startedAt;
  console.log(JSON.stringify({ milliseconds, nodeModules: process.moduleLoadList.length - before }));
`;

/** How long each module takes to import in a process that has done nothing else; turn by turn. */
export async function importTimes(files: string[], rounds: number): Promise<ImportTime[]> {
  const found = files.map((): ImportTime[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, file] of files.entries()) found[index]?.push(await importOnce(file));
  }
  return found.map(median);
}

function median(times: ImportTime[]): ImportTime {
  const sorted = times.toSorted((a, b) => a.milliseconds - b.milliseconds);
  return sorted[Math.floor(sorted.length / 2)] ?? { milliseconds: NaN, nodeModules: NaN };
}

async function importOnce(file: string): Promise<ImportTime> {
  const args = ['--input-type=module', '--eval', script, pathToFileURL(file).href];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(text);
}
