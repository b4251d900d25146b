import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openControlGroup } from '../../../lib/adapters/machine/control-group.ts';
import { folderWith } from '../../support/temporary-folder.ts';

/** What a process finds under `/proc` and `/sys/fs/cgroup`, the files by their paths below. */
function group(ownGroups: string, files: Record<string, string>) {
  const mounted = Object.entries(files).map(([path, text]): [string, string] => [
    join('sys/fs/cgroup', path),
    text,
  ]);
  return openControlGroup(
    folderWith({ 'proc/self/cgroup': ownGroups, ...Object.fromEntries(mounted) }),
  );
}

const v1Groups = '12:memory:/docker/4f\n4:cpu,cpuacct:/docker/4f\n0::/\n';

describe('the processor limit', () => {
  test('is read by version 2, as is the time used', async () => {
    const limit = await group('0::/\n', {
      'cpu.max': '150000 100000\n',
      'cpu.stat': 'usage_usec 2500000\nuser_usec 2000000\n',
    }).readCpuLimit();
    expect(limit?.cores).toBe(1.5);
    expect(await limit?.readUsedSeconds()).toBe(2.5);
  });

  test('is read by version 1, as is the time used', async () => {
    const limit = await group(v1Groups, {
      'cpu/docker/4f/cpu.cfs_quota_us': '50000\n',
      'cpu/docker/4f/cpu.cfs_period_us': '100000\n',
      'cpuacct/docker/4f/cpuacct.usage': '2500000000\n',
    }).readCpuLimit();
    expect(limit?.cores).toBe(0.5);
    expect(await limit?.readUsedSeconds()).toBe(2.5);
  });

  test("is that of the mounted root where the group's path is the host's", async () => {
    const limit = await group(v1Groups, {
      'cpu/cpu.cfs_quota_us': '50000\n',
      'cpu/cpu.cfs_period_us': '100000\n',
      'cpuacct/cpuacct.usage': '1000000000\n',
    }).readCpuLimit();
    expect(limit?.cores).toBe(0.5);
    expect(await limit?.readUsedSeconds()).toBe(1);
  });

  test('is that of a group around, with the time that all of that group has used', async () => {
    const limit = await group('0::/app.slice/cicd.service\n', {
      'app.slice/cicd.service/cpu.max': 'max 100000\n',
      'app.slice/cicd.service/cpu.stat': 'usage_usec 1000000\n',
      'app.slice/cpu.max': '200000 100000\n',
      'app.slice/cpu.stat': 'usage_usec 9000000\n',
    }).readCpuLimit();
    expect(limit?.cores).toBe(2);
    expect(await limit?.readUsedSeconds()).toBe(9);
  });

  test.each<[string, string, Record<string, string>]>([
    ['version 2 sets none', '0::/\n', { 'cpu.max': 'max 100000\n' }],
    [
      'version 1 sets none',
      v1Groups,
      { 'cpu/docker/4f/cpu.cfs_quota_us': '-1\n', 'cpu/docker/4f/cpu.cfs_period_us': '100000\n' },
    ],
    ['the file is not what it should be', '0::/\n', { 'cpu.max': 'plenty\n' }],
    ['no group is known', '', {}],
  ])('is missing where %s', async (_, ownGroups, files) => {
    expect(await group(ownGroups, files).readCpuLimit()).toBeUndefined();
  });
});

describe('the page cache that is given back', () => {
  test('is what version 2 calls inactive', async () => {
    const stat = 'anon 100\nfile 900\ninactive_file 700\nactive_file 200\n';
    const own = group('0::/cicd\n', { 'cicd/memory.stat': stat, 'memory.stat': 'inactive_file 9' });
    expect(await own.readIdleCacheBytes()).toBe(700);
  });

  test('is that of version 1 with the groups below', async () => {
    const stat = 'inactive_file 100\ntotal_inactive_file 400\n';
    const own = group(v1Groups, { 'memory/memory.stat': stat });
    expect(await own.readIdleCacheBytes()).toBe(400);
  });

  test('is none where it cannot be read', async () => {
    expect(await group('0::/\n', {}).readIdleCacheBytes()).toBe(0);
    expect(await openControlGroup(folderWith({})).readIdleCacheBytes()).toBe(0);
  });
});
