import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ProcessRecord } from '../run-records.ts';
import { readProcess } from './linux-processes.ts';

/** Numbers of processes are used again: when one began says which it is. Undefined for one that has ended. */
export function identify(pid: number): ProcessRecord | undefined {
  const began = process.platform === 'linux' ? beganOnLinux(pid) : beganElsewhere(pid);
  return began === undefined ? undefined : { pid, began };
}

/** Whether that very process is at work. */
export function isAlive(known: ProcessRecord): boolean {
  return identify(known.pid)?.began === known.began;
}

/** Ticks since the machine has started, and which start that was. */
function beganOnLinux(pid: number): string | undefined {
  const found = readProcess(pid);
  if (found === undefined) return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot} ${found.began}`;
}

function beganElsewhere(pid: number): string | undefined {
  try {
    const args = ['-o', 'stat=,lstart=', '-p', String(pid)];
    const env = { ...process.env, LC_ALL: 'C' };
    const told = execFileSync('ps', args, { encoding: 'utf8', env, stdio: 'pipe' });
    const [state = '', ...began] = told.trim().split(/\s+/);
    return state.startsWith('Z') || began.length === 0 ? undefined : began.join(' ');
  } catch {
    return undefined;
  }
}
