import { setTimeout as pause } from 'node:timers/promises';
import { listPids, readEnvironment, readProcess } from './linux-processes.ts';

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
    const strays = listStrays(temporary);
    if (strays.length === 0) return;
    for (const pid of strays) send(pid, 'SIGKILL');
    await pause(lookAgainMs);
  }
}

async function endGroup(leader: number, politeMs: number): Promise<void> {
  const impatient = Date.now() + politeMs;
  send(-leader, 'SIGTERM');
  while (isGroupAtWork(leader)) {
    if (Date.now() >= impatient) return void send(-leader, 'SIGKILL');
    await pause(lookAgainMs);
  }
}

/** One that has ended still counts until its parent notices, which in a container may be never. */
function isGroupAtWork(leader: number): boolean {
  if (!send(-leader, 0)) return false;
  if (process.platform !== 'linux') return true;
  return listPids().some((pid) => readProcess(pid)?.group === leader);
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
  const others = listPids().filter((pid) => pid !== process.pid);
  return others.filter((pid) => readEnvironment(pid).includes(mark));
}
