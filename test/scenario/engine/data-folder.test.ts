import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  DataFolderInUseError,
  openDataFolder,
  readHolder,
} from '../../../infra/local/data-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A process that holds the folder until it is killed. */
async function startHolder(folder: string) {
  const module = join(import.meta.dirname, '../../../infra/local/data-folder.ts');
  const script = `
    import { openDataFolder } from ${JSON.stringify(module)};
    const url = 'http://localhost:4200';
    openDataFolder(process.argv[1]).announce({ pid: process.pid, command: 'start', url });
    process.stdout.write('held');
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  return holder;
}

test('a folder in use is refused, naming the holder, until that process dies', async () => {
  const folder = join(temporaryFolder(), 'data');
  const holder = await startHolder(folder);
  const announced = { pid: holder.pid, command: 'start', url: 'http://localhost:4200' };

  expect(() => openDataFolder(folder)).toThrow(
    `in use by process ${holder.pid} (start, http://localhost:4200)`,
  );
  expect(() => openDataFolder(folder)).toThrow(DataFolderInUseError);
  expect(readHolder(folder)).toEqual(announced);

  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const taken = openDataFolder(folder);

  expect(readHolder(folder)).toBeUndefined();
  taken.close();
});

test('a folder is created for its owner alone and given back by close', () => {
  const folder = join(temporaryFolder(), 'new', 'data');

  const first = openDataFolder(folder);
  first.announce({ pid: 1, command: 'analyze' });
  first.close();
  first.close();
  const second = openDataFolder(folder);

  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(second.blobs).isDirectory()).toBe(true);
  expect(readHolder(folder)).toBeUndefined();
  second.close();
});

test('a folder that cannot be created is refused with the reason', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => openDataFolder(join(file, 'data'))).toThrow(/cannot be created or written: ENOTDIR/);
});

test('what a holder has half written or garbled names nobody', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'host.json'), '{"pid":');
  expect(readHolder(folder)).toBeUndefined();
  writeFileSync(join(folder, 'host.json'), '{"pid":"seven"}');
  expect(readHolder(folder)).toBeUndefined();
});
