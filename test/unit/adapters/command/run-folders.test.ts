import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeOldRuns } from '../../../../lib/adapters/command/old-runs.ts';
import { removeRepositories } from '../../../../lib/adapters/command/publish/remove-repositories.ts';
import { isRunId, runPaths } from '../../../../lib/adapters/command/run-paths.ts';
import { writeFirstRecord, writeRecord } from '../../../../lib/adapters/command/run-records.ts';
import { identify } from '../../../../lib/adapters/command/supervisor/process-identity.ts';
import { keepLog } from '../../../support/keep-log.ts';
import { folderWith, temporaryFolder } from '../../../support/temporary-folder.ts';

const ids = ['1', '2', '3'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`);
const now = Date.parse('2026-11-23T03:00:00Z');

test('folders of agent runs go after three days, unless the agent is still at work', async () => {
  const folder = temporaryFolder();
  for (const id of [...ids, 'notes']) mkdirSync(join(folder, id));
  for (const id of ids) mkdirSync(join(folder, 'work', id, 'clone'), { recursive: true });
  const [old = '', working = '', young = ''] = ids;
  writeRecord(runPaths(folder, working).claim, identify(process.pid) ?? {});
  const daysAgo = (days: number) => new Date(now - days * 86_400_000);
  for (const name of [old, working, 'notes'])
    utimesSync(join(folder, name), now / 1_000, daysAgo(4));
  utimesSync(join(folder, young), now / 1_000, daysAgo(2));

  await removeOldRuns(folder, now);

  expect(readdirSync(folder).toSorted()).toEqual([working, young, 'notes', 'work'].toSorted());
  expect(readdirSync(join(folder, 'work')).toSorted()).toEqual([working, young].toSorted());
});

test('only an id of ours names a folder', () => {
  expect(ids.every(isRunId)).toBe(true);
  for (const id of ['..', '', `../${ids[0]}`, `${ids[0]}/..`, `${ids[0]}\n`]) {
    expect(isRunId(id)).toBe(false);
  }
});

test('of several who claim a run one gets it, and no draft is left', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'claim.json');
  const won = [1, 2, 3].map((pid) => writeFirstRecord(file, { pid }));
  expect(won).toEqual([true, false, false]);
  expect(readdirSync(folder)).toEqual(['claim.json']);
});

test('every repository in a clone goes, whatever file systems take for its name', async () => {
  const folder = folderWith({
    '.git/config': '',
    'a/.GIT/config': '',
    'b/git~1/config': '',
    'c/.g\u200cit/config': '',
    'd/.git': 'gitdir: /elsewhere',
    '.gitignore': '',
    'e/.github/x.yml': '',
  });
  const outside = folderWith({ '.git/config': '' });
  writeFileSync(join(folder, 'f'), '');

  await removeRepositories(folder);

  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  expect(left).toEqual([
    '.gitignore',
    'a',
    'b',
    'c',
    'd',
    'e',
    'e/.github',
    'e/.github/x.yml',
    'f',
  ]);
  expect(existsSync(join(outside, '.git'))).toBe(true);
});

test('folders that an agent has locked go, too, and links of theirs lead nowhere', async () => {
  const [root, outside] = [temporaryFolder(), folderWith({ 'kept.txt': '' })];
  chmodSync(outside, 0o500);
  const { clone, folder } = runPaths(root, ids[0] ?? '');
  mkdirSync(folder);
  mkdirSync(join(clone, 'locked', 'deep'), { recursive: true });
  writeFileSync(join(clone, 'locked', 'deep', 'file'), '');
  symlinkSync(outside, join(clone, 'link'));
  chmodSync(join(clone, 'locked'), 0);
  utimesSync(folder, now / 1_000, new Date(now - 4 * 86_400_000));

  await removeOldRuns(root, now);

  expect(readdirSync(root)).toEqual(['work']);
  expect(readdirSync(join(root, 'work'))).toEqual([]);
  expect(readdirSync(outside)).toEqual(['kept.txt']);
  expect(statSync(outside).mode & 0o777).toBe(0o500);
});

test('what cannot be removed is logged, and stops nothing', async () => {
  const root = temporaryFolder();
  const records = keepLog();
  const [one = '', other = ''] = ids;
  // Nobody can say when the first one was changed: it leads to itself.
  symlinkSync(join(root, one), join(root, one));
  mkdirSync(join(root, other));
  utimesSync(join(root, other), now / 1_000, new Date(now - 4 * 86_400_000));

  await removeOldRuns(root, now);

  expect(readdirSync(root)).toEqual([one]);
  expect(records).toMatchObject([
    { message: 'Agent run was not removed', fields: { agentRunId: one } },
  ]);
});
