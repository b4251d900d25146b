import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How much processor time the control group of this process may use. */
export interface CpuLimit {
  /** May be a fraction. */
  cores: number;
  /** Processor time that the group has used so far. */
  readUsedSeconds: () => Promise<number>;
}

/** What the kernel says of the control group (v1 or v2) of this process: of its container, that is. */
export interface ControlGroup {
  /** Undefined without a limit, and where there are no control groups. */
  readCpuLimit(): Promise<CpuLimit | undefined>;
  /**
   * Bytes of the page cache that count as used but are given back when somebody needs them. Only what
   * was not used lately, like `docker stats` and Kubernetes have it.
   */
  readIdleCacheBytes(): Promise<number>;
}

/**
 * @param root where `proc` and `sys` are
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html
 * @see https://docs.kernel.org/admin-guide/cgroup-v1/memory.html
 */
export function openControlGroup(root = '/'): ControlGroup {
  return {
    readCpuLimit: async () => {
      for (const folder of await listFolders(root, 'cpu')) {
        const cores = (await readQuotaV2(folder)) ?? (await readQuotaV1(folder));
        if (cores !== undefined) {
          return { cores, readUsedSeconds: () => readUsedSeconds(root, folder) };
        }
      }
      return undefined;
    },

    readIdleCacheBytes: async () => {
      const stat = await readFirst(await listFolders(root, 'memory'), 'memory.stat');
      return Number(field(stat, 'total_inactive_file') ?? field(stat, 'inactive_file') ?? 0);
    },
  };
}

/** The process's own group for this controller and those around it, innermost first. */
async function listFolders(root: string, controller: string): Promise<string[]> {
  const text = (await read(join(root, 'proc/self/cgroup'))) ?? '';
  const groups = text.split('\n').map((line) => {
    const [, controllers = '', ...path] = line.split(':');
    return { controllers: controllers.split(','), path: path.join(':') };
  });
  const mounts = join(root, 'sys/fs/cgroup');
  const v1 = groups.find(({ controllers }) => controllers.includes(controller));
  if (v1 !== undefined) return withParents(join(mounts, controller), v1.path);
  const v2 = groups.find(({ controllers, path }) => controllers[0] === '' && path !== '');
  return v2 === undefined ? [] : withParents(mounts, v2.path);
}

/**
 * In a container the path may be the host's, and the container's own group mounted as the root: the
 * folders in between are then missing, which reading them takes as no limit.
 */
function withParents(mount: string, path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  return names
    .map((_, index) => join(mount, ...names.slice(0, names.length - index)))
    .concat(mount);
}

/** `50000 100000`, or `max 100000`. */
async function readQuotaV2(folder: string): Promise<number | undefined> {
  const [quota, period] = ((await read(join(folder, 'cpu.max'))) ?? '').split(' ');
  return positiveShare(quota, period);
}

/** -1 stands for no limit. */
async function readQuotaV1(folder: string): Promise<number | undefined> {
  const quota = await read(join(folder, 'cpu.cfs_quota_us'));
  return positiveShare(quota, await read(join(folder, 'cpu.cfs_period_us')));
}

function positiveShare(quota: string | undefined, period: string | undefined): number | undefined {
  const cores = Number(quota) / Number(period);
  return Number.isFinite(cores) && cores > 0 ? cores : undefined;
}

async function readUsedSeconds(root: string, folder: string): Promise<number> {
  const microseconds = field(await read(join(folder, 'cpu.stat')), 'usage_usec');
  if (microseconds !== undefined) return Number(microseconds) / 1e6;
  const nanoseconds = await readFirst(await listFolders(root, 'cpuacct'), 'cpuacct.usage');
  return Number(nanoseconds) / 1e9;
}

async function readFirst(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const text = await read(join(folder, name));
    if (text !== undefined) return text;
  }
  return undefined;
}

async function read(file: string): Promise<string | undefined> {
  // Missing or not to be read: there is no such limit, or none that is known.
  return readFile(file, 'utf8').catch(() => undefined);
}

/** Of lines such as `usage_usec 1234`. */
function field(text: string | undefined, name: string): string | undefined {
  const line = text?.split('\n').find((one) => one.startsWith(`${name} `));
  return line?.slice(name.length + 1);
}
