import { readdirSync, readFileSync } from 'node:fs';

/** What Linux tells of a process. */
export interface LinuxProcess {
  /** Number of its process group. */
  group: number;
  /** When it began, in ticks since the machine has started. */
  began: string;
}

/**
 * Undefined for one that is gone, or has ended and waits for its parent to notice.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function readProcess(pid: number): LinuxProcess | undefined {
  const stat = readProcFile(pid, 'stat');
  // The name before it may hold anything, parentheses too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = 'X', , group] = fields;
  if (state === 'Z' || state === 'X' || stat === '') return undefined;
  return { group: Number(group), began: fields[19] ?? '' };
}

/** Its environment as it was started with, each variable with a NUL behind it. Empty where it may not be read. */
export function readEnvironment(pid: number): string {
  const environment = readProcFile(pid, 'environ');
  return environment.endsWith('\0') ? environment : `${environment}\0`;
}

export function listPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function readProcFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    // Of somebody else, or gone meanwhile.
    return '';
  }
}
