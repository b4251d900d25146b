import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract, type Header } from 'tar-stream';
import { messageOf, RequestRejectedError, UpstreamError } from '../../../domain/errors.ts';
import { oneLineText, shorten } from '../../../domain/plain-text.ts';
import type { SourceEntry } from '../../../ports/source-host.ts';
import type { Download } from './archive-download.ts';
import { final, passing } from '../requests/failures.ts';

type Entry = Extract extends AsyncIterable<infer Item> ? Item : never;

export interface ArchiveLimits {
  /** Unpacked. */
  maxBytes: number;
  maxEntries: number;
}

/**
 * The entries of a gzipped tarball while it arrives; nothing touches a disk and nothing is kept. An archive
 * with paths outside itself is refused: GitHub cannot have made it.
 */
export async function* readArchive(
  { cancel, chunks }: Download,
  limits: ArchiveLimits,
): AsyncGenerator<SourceEntry> {
  const archive = extract();
  const paths = new Set<string>();
  const unpacked = (bytes: AsyncIterable<Uint8Array>) => withinBytes(bytes, limits.maxBytes);
  const flow = pipeline(Readable.from(chunks), createGunzip(), unpacked, archive);
  // Told below, where somebody waits for it.
  flow.catch(() => {});
  let entries = 0;
  try {
    for await (const entry of archive) {
      entries += 1;
      if (entries > limits.maxEntries) throw tooMany(limits.maxEntries);
      const found = toSourceEntry(entry);
      // Two names that are not UTF-8 can read the same: the first one stands for both.
      if (found !== null && !paths.has(found.path)) {
        paths.add(found.path);
        yield found;
      }
      entry.resume();
    }
  } catch (error) {
    if (isExplained(error)) throw error;
    // The first failure in the chain is the reason of all others.
    const [outcome] = await Promise.allSettled([flow]);
    throw explain(outcome.status === 'rejected' ? outcome.reason : error);
  } finally {
    archive.destroy();
    cancel();
  }
}

async function* withinBytes(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** Null for a folder. */
function toSourceEntry(entry: Entry): SourceEntry | null {
  const { name, size, type } = entry.header;
  if (type === 'directory') return null;
  const kind = kindOf(type);
  const path = pathInside(name);
  if (kind === 'file') return { path, kind, size, read: () => readAll(entry) };
  return { path, kind, size: 0, read: () => Promise.reject(new Error(`${path} is not a file`)) };
}

/** Hard links and devices are not in a repository: they count as unreadable. */
function kindOf(type: Header['type']): SourceEntry['kind'] {
  return type === 'file' || type === 'symlink' ? type : 'special';
}

/** Without the folder around everything, which GitHub names after repository and commit. */
function pathInside(name: string): string {
  const [root, ...parts] = name.split('/');
  const isOne = parts.length > 0 && ![root, ...parts].some(isStep) && !name.includes('\0');
  if (!isOne) throw dishonest(name);
  return parts.join('/');
}

function isStep(part: string | undefined): boolean {
  return part === '' || part === '.' || part === '..';
}

async function readAll(entry: Entry): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function isExplained(error: unknown): error is Error {
  return error instanceof RequestRejectedError || error instanceof UpstreamError;
}

function explain(error: unknown): Error {
  if (isExplained(error)) return error;
  return passing(`GitHub's archive is cut off or damaged (${messageOf(error)}).`);
}

function dishonest(name: string): Error {
  const shown = shorten(oneLineText(name), 100);
  return final(`GitHub's archive is not one of a repository: it holds the path "${shown}".`);
}

function tooLarge(maxBytes: number): RequestRejectedError {
  const megabytes = Math.round(maxBytes / 1e6);
  return tooMuch(`more than ${megabytes} MB`);
}

function tooMany(maxEntries: number): RequestRejectedError {
  return tooMuch(`more than ${maxEntries} files`);
}

function tooMuch(what: string): RequestRejectedError {
  const text = `The repository has ${what}: analyse a local checkout.`;
  return new RequestRejectedError('invalid', text);
}
