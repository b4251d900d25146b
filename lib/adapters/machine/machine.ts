import { statfs } from 'node:fs/promises';
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Machine, Usage } from '../../ports/machine.ts';

/** @param folder a folder on the file system that is to be watched */
export function createMachine(folder: string): Machine {
  return {
    cpu: readCpu,
    memory: async () => readMemory(),
    disk: () => readDisk(folder),
  };
}

async function readCpu(): Promise<Usage> {
  const before = cpuTimes();
  await delay(1_000);
  const after = cpuTimes();
  const used = 1 - (after.idle - before.idle) / Math.max(1, after.total - before.total);
  return { used, detail: `${cpus().length} cores` };
}

function cpuTimes(): { idle: number; total: number } {
  const times = cpus().map((core) => core.times);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    idle: sum(times.map(({ idle }) => idle)),
    total: sum(times.flatMap((time) => Object.values(time))),
  };
}

function readMemory(): Usage {
  const available = process.availableMemory();
  const total = process.constrainedMemory();
  return { used: 1 - available / total, detail: gigabytes(total - available, total) };
}

async function readDisk(folder: string): Promise<Usage> {
  const { bavail, bfree, blocks, bsize } = await statfs(folder);
  const used = blocks - bfree;
  const total = used + bavail;
  return { used: used / total, detail: gigabytes(used * bsize, total * bsize) };
}

function gigabytes(used: number, total: number): string {
  const text = (bytes: number) => (bytes / 1e9).toFixed(1);
  return `${text(used)} of ${text(total)} GB`;
}
