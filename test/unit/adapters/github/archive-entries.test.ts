import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readArchive } from '../../../../lib/adapters/github/source/archive-entries.ts';
import { tarballOf } from '../../../support/tarball.ts';

const fileCount = 5_000;
const chunkBytes = 64_000;

test('takes from 20 MB no more than the entries at hand need', async () => {
  const files = Array.from({ length: fileCount }, (_, index) => [`f${index}`, randomBytes(4_000)]);
  const archive = await tarballOf(Object.fromEntries(files));
  let taken = 0;
  const chunks = async function* () {
    for (let at = 0; at < archive.length; at += chunkBytes) {
      taken += chunkBytes;
      yield archive.subarray(at, at + chunkBytes);
    }
  };

  let read = 0;
  let farthestAhead = 0;
  const limits = { maxBytes: 1e9, maxEntries: 10_000 };
  for await (const entry of readArchive({ chunks: chunks(), cancel: () => {} }, limits)) {
    await entry.read();
    // What is random does not get smaller: each file has its equal share of the archive.
    read += archive.length / fileCount;
    farthestAhead = Math.max(farthestAhead, taken - read);
  }
  expect(read).toBeGreaterThan(20e6);
  expect(farthestAhead).toBeLessThan(2e6);
});
