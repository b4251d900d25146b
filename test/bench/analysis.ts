import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePythonCorpus } from './corpus.ts';
import { measureCicd, summarise, type Measurement } from './measure-cicd.ts';

const sizes = [100, 400, 1_300];
const rounds = 3;

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
  const { max, median, min, peakMegabytes } = summarise(measured);
  const cells = [
    String(files).padStart(5),
    megabytes.toFixed(2).padStart(6),
    [min, median, max]
      .map((value) => value.toFixed(2))
      .join(' ')
      .padStart(26),
    (files / median).toFixed(0).padStart(9),
    (megabytes / median).toFixed(2).padStart(6),
    peakMegabytes.toFixed(0).padStart(9),
  ];
  process.stdout.write(`${cells.join(' ')}\n`);
}

function analyse(source: string, data: string): Promise<Measurement> {
  const what = ['analyze', 'corpus', '--source', source, '--path', '**/*.py'];
  return measureCicd([...what, '--data', data, '--format', 'json']);
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
