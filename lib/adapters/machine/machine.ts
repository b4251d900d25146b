import { statfs } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '../../domain/errors.ts';
import type { Machine, Usage } from '../../ports/machine.ts';
import { openControlGroup, type ControlGroup, type CpuLimit } from './control-group.ts';

/** Much shorter, and the share jumps; much longer, and people wait for it. */
const cpuMilliseconds = 3_000;

/**
 * The machine that this process runs on, or its container where that has limits.
 * @param folder lies on the file system that is watched
 */
export function createMachine(folder: string): Machine {
  const group = openControlGroup();
  return {
    cpu: async () => {
      const limit = await group.readCpuLimit();
      return limit === undefined ? measureAllCores() : measureUnderLimit(limit);
    },
    memory: () => readMemory(group),
    disk: () => readDisk(folder),
  };
}

async function measureUnderLimit({ cores, readUsedSeconds }: CpuLimit): Promise<Usage> {
  const [usedBefore, startedAt] = [await readUsedSeconds(), performance.now()];
  await delay(cpuMilliseconds);
  const seconds = (performance.now() - startedAt) / 1_000;
  const used = ((await readUsedSeconds()) - usedBefore) / (seconds * cores);
  return { used: share(used), detail: `limited to ${formatCores(cores)}` };
}

async function measureAllCores(): Promise<Usage> {
  const before = readCoreTimes();
  await delay(cpuMilliseconds);
  const after = readCoreTimes();
  const used = 1 - (after.idle - before.idle) / (after.total - before.total);
  return { used: share(used), detail: formatCores(cpus().length) };
}

/** Milliseconds of all cores together. */
function readCoreTimes(): { idle: number; total: number } {
  const times = cpus().map((core) => core.times);
  return {
    idle: sum(times.map(({ idle }) => idle)),
    total: sum(times.flatMap((kinds) => Object.values(kinds))),
  };
}

/** Node knows the limit, but counts the page cache of a limited group as used. */
async function readMemory(group: ControlGroup): Promise<Usage> {
  // Without a limit it is 0, or a number beyond all memory.
  const limit = process.constrainedMemory();
  const isLimited = limit > 0 && limit < totalmem();
  const total = isLimited ? limit : totalmem();
  const available = process.availableMemory() + (isLimited ? await group.readIdleCacheBytes() : 0);
  const used = Math.max(0, total - available);
  return { used: share(used / total), detail: formatBytes(used, total) };
}

/** As `df` counts: what only the superuser may fill counts as neither used nor free. */
async function readDisk(folder: string): Promise<Usage> {
  const { bavail, bfree, blocks, bsize } = await statfs(folder);
  const used = blocks - bfree;
  const total = used + bavail;
  return { used: share(used / total), detail: formatBytes(used * bsize, total * bsize) };
}

/** @throws UpstreamError where the system tells no figures */
function share(value: number): number {
  if (Number.isFinite(value)) return Math.min(1, Math.max(0, value));
  throw new UpstreamError('The system tells no figures', { service: 'machine', retryable: false });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function formatCores(cores: number): string {
  return cores === 1 ? '1 core' : `${Number(cores.toFixed(2))} cores`;
}

function formatBytes(used: number, total: number): string {
  return `${gigabytes(used)} of ${gigabytes(total)} GB`;
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
