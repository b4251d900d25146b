import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** What belongs to one agent. */
export interface AgentProcesses {
  /** Number of the process that leads the group; undefined where none was started. */
  leader: number | undefined;
  /** The folder for temporary files, which only its processes have in their environment. */
  temporary: string;
}

export interface Patience {
  /** Milliseconds that processes have to end by themselves. */
  politeMs: number;
}

const lookAgainMs = 20;
/** More rounds of killing are for those that multiply meanwhile. */
const mostRounds = 10;

/** Ends the process group of an agent, and those of its processes that have left the group. */
export async function endProcesses(
  { leader, temporary }: AgentProcesses,
  { politeMs }: Patience,
): Promise<void> {
  if (leader !== undefined) await endGroup(leader, politeMs);
  for (let round = 0; round < mostRounds; round += 1) {
    const left = listStrays(temporary);
    if (left.length === 0) return;
    for (const pid of left) send(pid, 'SIGKILL');
    await pause(lookAgainMs);
  }
}

async function endGroup(leader: number, politeMs: number): Promise<void> {
  const polite = Date.now() + politeMs;
  if (!send(-leader, 'SIGTERM')) return;
  while (Date.now() < polite) {
    if (!send(-leader, 0)) return;
    await pause(lookAgainMs);
  }
  send(-leader, 'SIGKILL');
}

/** @returns false where there is nobody to get it */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** On Linux, where processes show their environment to their owner; elsewhere the group is all that is known. */
function listStrays(temporary: string): number[] {
  if (process.platform !== 'linux') return [];
  const mark = `TMPDIR=${temporary}\0`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((name) => readEnvironment(name).includes(mark))
    .map(Number);
}

function readEnvironment(pid: string): string {
  try {
    return `${readFileSync(`/proc/${pid}/environ`, 'utf8')}\0`;
  } catch {
    // Of somebody else, or gone meanwhile.
    return '';
  }
}
