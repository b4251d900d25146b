import { gunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { UpstreamError } from '../../domain/errors.ts';
import type { Blobs } from '../../ports/blobs.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** A reference to a stored value: what tasks hand on instead of megabytes. */
export type BlobKey = string;

/** Stores a value as compressed JSON and gives its key back. */
export async function saveValue(blobs: Blobs, key: BlobKey, value: unknown): Promise<BlobKey> {
  // Level 1: a snapshot of 6 MB takes 60 ms, and the better levels save little more.
  await blobs.put(key, await compress(JSON.stringify(value), { level: 1 }));
  return key;
}

/**
 * Reads back what an earlier task of the same version of the code has saved.
 * @throws UpstreamError when it is gone
 */
export async function readValue<Value>(blobs: Blobs, key: BlobKey): Promise<Value> {
  const bytes = await blobs.get(key);
  if (bytes === undefined) {
    const message = `The stored value ${key} is gone. Start the analysis again.`;
    throw new UpstreamError(message, { service: 'blobs', retryable: false });
  }
  const value: Value = JSON.parse((await decompress(bytes)).toString('utf8'));
  return value;
}
