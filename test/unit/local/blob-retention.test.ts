import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeOldBlobs } from '../../../infra/local/blob-retention.ts';
import { folderWith } from '../../support/temporary-folder.ts';

function age(path: string, days: number): void {
  const then = Date.now() / 1_000 - days * 86_400;
  utimesSync(path, then, then);
}

test('old work and reports go, a last report and everything young stays', async () => {
  const blobs = folderWith({
    'work/old/facts.json.gz': '',
    'work/young/facts.json.gz': '',
    'reports/old.json': '{}',
    'reports/last.json': '{}',
    'reports/young.json': '{}',
    'latest/cut-off.json.1.partial': '',
    'latest/abc.json': JSON.stringify({ report: 'reports/last.json' }),
  });
  age(join(blobs, 'work/old'), 3);
  age(join(blobs, 'reports/old.json'), 15);
  age(join(blobs, 'reports/last.json'), 15);
  age(join(blobs, 'latest/abc.json'), 15);
  age(join(blobs, 'latest/cut-off.json.1.partial'), 91);

  await removeOldBlobs(blobs, 14);

  const left = [
    'work/old',
    'work/young',
    'reports/old.json',
    'reports/last.json',
    'reports/young.json',
  ];
  expect(left.filter((path) => existsSync(join(blobs, path)))).toEqual([
    'work/young',
    'reports/last.json',
    'reports/young.json',
  ]);
  expect(existsSync(join(blobs, 'latest/cut-off.json.1.partial'))).toBe(false);
});

test('a data folder without blobs is no problem', async () => {
  await expect(removeOldBlobs(join(folderWith({}), 'blobs'), 14)).resolves.toBeUndefined();
});
