import { randomFillSync } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { makePythonCorpus } from './corpus.ts';
import { measureCicd, measureProgram, summarise, type Measurement } from './measure-cicd.ts';

const readSource = fileURLToPath(new URL('./read-source.ts', import.meta.url));

const commit = '0123456789abcdef0123456789abcdef01234567';
const wantedFiles = 200;
const otherFiles = 19_800;
const otherFileBytes = 10_200;
const rounds = 3;

/**
 * A large repository on GitHub: an archive of about 200 MB with 20,000 files, of which 200 are wanted. Once
 * only read, once analysed by the command line; each a whole process. Memory that stays far below the size
 * of the archive means that nothing else is kept.
 */
export async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cicd-bench-'));
  try {
    const archive = join(folder, 'archive.tar.gz');
    await makeArchive(archive, join(folder, 'corpus'));
    const megabytes = (await stat(archive)).size / 1e6;
    process.stdout.write(`${wantedFiles + otherFiles} files, ${megabytes.toFixed(0)} MB packed\n`);
    process.stdout.write('          seconds (min median max)   peak MB\n');
    await measureAll(archive, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureAll(archive: string, folder: string): Promise<void> {
  const server = await serveArchive(archive);
  const apiUrl = `${server.url}/api/v3`;
  const env = { GITHUB_API_URL: apiUrl, GITHUB_TOKEN: '' };
  const wanted = 'src/**/*.py';
  const analysis = ['analyze', 'corpus', '--repo', 'acme/large', '--path', wanted];
  try {
    await show('read', () => measureProgram([readSource, apiUrl, wanted]));
    await show('analysed', (round) => {
      const data = join(folder, `data-${round}`);
      return measureCicd([...analysis, '--data', data, '--format', 'json'], env);
    });
  } finally {
    server.close();
  }
}

async function show(what: string, measure: (round: number) => Promise<Measurement>): Promise<void> {
  const measured: Measurement[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measure(round));
  const { max, median, min, peakMegabytes } = summarise(measured);
  const seconds = [min, median, max].map((value) => value.toFixed(2)).join(' ');
  const cells = [what.padEnd(8), seconds.padStart(26), peakMegabytes.toFixed(0).padStart(9)];
  process.stdout.write(`${cells.join(' ')}\n`);
}

async function makeArchive(archive: string, corpus: string): Promise<void> {
  await makePythonCorpus({ folder: corpus, files: wantedFiles });
  const packed = pack();
  const written = pipeline(packed, createGzip({ level: 1 }), createWriteStream(archive));
  for (const path of await readdir(corpus, { recursive: true })) {
    if (path.endsWith('.py')) await add(packed, `src/${path}`, await readFile(join(corpus, path)));
  }
  // Noise: it does not get smaller by being packed.
  for (let index = 0; index < otherFiles; index += 1) {
    await add(packed, `assets/${index}.bin`, randomFillSync(Buffer.alloc(otherFileBytes)));
  }
  packed.finalize();
  await written;
}

function add(packed: Pack, path: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    packed.entry({ name: `acme-large-0123456/${path}` }, content, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

/** Answers as an Enterprise Server does, which has API and archives on one host. */
async function serveArchive(archive: string): Promise<{ url: string; close: () => void }> {
  const server = createServer(({ url = '' }, response) => {
    if (url.startsWith('/archive')) return createReadStream(archive).pipe(response);
    if (!url.includes('/tarball/')) return response.end(commit);
    return response
      .writeHead(302, { location: `http://${response.req.headers.host}/archive` })
      .end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}
