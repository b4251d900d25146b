import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ProcessRecord } from '../run-records.ts';

/** Numbers of processes are used again: when one began says which it is. */
export function identify(pid: number): ProcessRecord | undefined {
  const began = process.platform === 'linux' ? beganOnLinux(pid) : beganElsewhere(pid);
  return began === undefined ? undefined : { pid, began };
}

/** Whether that very process is at work. */
export function isAlive(known: ProcessRecord): boolean {
  return identify(known.pid)?.began === known.began;
}

/**
 * Ticks since the machine has started, and which start that was. Undefined for a process that is gone, or has ended
 * and waits for its parent to notice.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function beganOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it may hold anything, parentheses too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
  } catch {
    return undefined;
  }
}

function beganElsewhere(pid: number): string | undefined {
  try {
    const args = ['-o', 'stat=,lstart=', '-p', String(pid)];
    const options = {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: 'pipe',
    } as const;
    const [state = '', ...began] = execFileSync('ps', args, options).trim().split(/\s+/);
    return state.startsWith('Z') || began.length === 0 ? undefined : began.join(' ');
  } catch {
    return undefined;
  }
}
