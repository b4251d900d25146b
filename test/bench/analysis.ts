import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makePythonCorpus } from './corpus.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../infra/cli/cicd.mjs', import.meta.url));
const peakMemory = new URL('./peak-memory.mjs', import.meta.url).href;

const sizes = [100, 400, 1_300];
const rounds = 3;

interface Measurement {
  seconds: number;
  peakMegabytes: number;
}

/**
 * Component analysis by the command line, start of the process and writing of the report included, on
 * trees of growing size. Rates that stay level mean that the time grows with the size and no faster.
 */
export async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cicd-bench-'));
  try {
    process.stdout.write('files     MB   seconds (min median max)   files/s   MB/s   peak MB\n');
    for (const files of sizes) await benchSize(join(folder, String(files)), files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchSize(folder: string, files: number): Promise<void> {
  const source = join(folder, 'source');
  await makePythonCorpus({ folder: source, files });
  const megabytes = (await countBytes(source)) / 1e6;
  const measured: Measurement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    measured.push(await analyse(source, join(folder, `data-${round}`)));
  }
  const [min = 0, median = 0, max = 0] = measured
    .map(({ seconds }) => seconds)
    .toSorted((a, b) => a - b);
  const peak = Math.max(...measured.map(({ peakMegabytes }) => peakMegabytes));
  const cells = [
    String(files).padStart(5),
    megabytes.toFixed(2).padStart(6),
    [min, median, max]
      .map((value) => value.toFixed(2))
      .join(' ')
      .padStart(26),
    (files / median).toFixed(0).padStart(9),
    (megabytes / median).toFixed(2).padStart(6),
    peak.toFixed(0).padStart(9),
  ];
  process.stdout.write(`${cells.join(' ')}\n`);
}

async function analyse(source: string, data: string): Promise<Measurement> {
  const args = ['--import', peakMemory, program];
  const begun = performance.now();
  const { stderr } = await run(
    process.execPath,
    [...args, 'analyze', 'corpus', '--source', source, '--path', '**/*.py', '--data', data].concat(
      '--format',
      'json',
    ),
    { maxBuffer: 1e9 },
  );
  const seconds = (performance.now() - begun) / 1_000;
  const kilobytes = Number(/peak-memory-kb=(\d+)/.exec(stderr)?.[1]);
  return { seconds, peakMegabytes: kilobytes / 1_000 };
}

async function countBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizesOfAll = await Promise.all(
    names
      .filter((name) => name.endsWith('.py'))
      .map(async (name) => (await stat(join(folder, name))).size),
  );
  return sizesOfAll.reduce((total, size) => total + size, 0);
}
