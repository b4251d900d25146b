import type { ChildProcess } from 'node:child_process';

const frozen = new Set<ChildProcess>();

// A process that is stopped does not notice that nobody is left to wake it.
process.once('exit', () => {
  for (const child of frozen) child.kill('SIGKILL');
});

/** Lets a process do nothing at all, as Lambda does between invocations: timers and sockets stand still. */
export function freeze(child: ChildProcess): void {
  frozen.add(child);
  child.kill('SIGSTOP');
}

export function thaw(child: ChildProcess): void {
  if (frozen.delete(child)) child.kill('SIGCONT');
}
