import { spawn, type ChildProcess } from 'node:child_process';
import { codeOf } from '../error-code.ts';
import type { RunPaths } from '../run-paths.ts';
import { writeRecord, type Ending, type RunOrder, type RunResult } from '../run-records.ts';
import { openOutput, type AgentOutput } from './agent-output.ts';
import { endProcesses } from './end-processes.ts';
import { maskValues } from './mask-values.ts';
import { identify } from './process-identity.ts';

export interface AgentProcess {
  /** Ends it for this reason; the first one counts. */
  end(reason: Ending): void;
  /** When it is over, and none of its processes is left. */
  ended: Promise<Pick<RunResult, 'endedBy' | 'exitCode' | 'signal' | 'problem'>>;
}

/** Milliseconds to save something after being asked to end: an agent, and what it has left running. */
const patience = { agent: 2_000, leftovers: 200 };
/** Milliseconds in which the last of what was printed arrives. */
const drainMs = 1_000;

/** Starts the agent in a process group of its own, with the environment of this process. */
export function startAgent(
  { masked, mostOutput, run }: RunOrder,
  paths: RunPaths,
  prompt: Buffer,
): AgentProcess {
  const [program = '', ...args] = run;
  const mask = maskValues(masked, process.env);
  const output = openOutput(paths.output, { most: mostOutput, mask });
  const child = spawn(program, args, { cwd: paths.clone, detached: true, stdio: 'pipe' });
  const begun = child.pid === undefined ? undefined : identify(child.pid);
  if (begun !== undefined) writeRecord(paths.agent, begun);

  let endedBy: Ending | undefined;
  let problem: string | null = null;
  let ending: Promise<void> | undefined;
  const end = (reason: Ending): void => {
    endedBy ??= reason;
    const politeMs = reason === 'exit' ? patience.leftovers : patience.agent;
    ending ??= endProcesses({ leader: child.pid, temporary: paths.temporary }, { politeMs });
  };
  const fail = (error: Error): void => {
    problem ??= codeOf(error);
    end('failure');
  };
  keep(child, { output, onFull: () => end('output'), onFailure: fail });
  giveInput(child, prompt);

  const ended = async (): ReturnType<typeof startAgent>['ended'] => {
    const { exitCode, signal } = await exitOf(child, fail);
    // What it has started may go on without it.
    end('exit');
    await ending;
    await drained(child);
    output.close();
    return { endedBy: endedBy ?? 'exit', exitCode, signal, problem };
  };
  return { end, ended: ended() };
}

/** One that does not read its prompt breaks the pipe: its own affair. */
function giveInput({ stdin }: ChildProcess, prompt: Buffer): void {
  stdin?.on('error', () => undefined);
  stdin?.end(prompt);
}

interface Keeping {
  output: AgentOutput;
  onFull: () => void;
  /** The disk may be full. */
  onFailure: (error: Error) => void;
}

function keep(child: ChildProcess, { onFailure, onFull, output }: Keeping): void {
  for (const kind of ['stdout', 'stderr'] as const) {
    child[kind]?.on('data', (bytes: Buffer) => {
      try {
        if (!output.add(kind, bytes)) onFull();
      } catch (error) {
        onFailure(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }
}

function exitOf(child: ChildProcess, onFailure: (error: Error) => void) {
  const { promise, resolve } = Promise.withResolvers<Pick<RunResult, 'exitCode' | 'signal'>>();
  child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  child.once('error', (error) => {
    onFailure(error);
    if (child.pid === undefined) resolve({ exitCode: null, signal: null });
  });
  return promise;
}

/** Until both streams have ended, or for a moment where something holds them open. */
function drained(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const streams = [child.stdout, child.stderr];
  const look = () => {
    if (streams.every((stream) => stream === null || stream.readableEnded || stream.destroyed)) {
      resolve();
    }
  };
  for (const stream of streams) stream?.once('close', look);
  setTimeout(resolve, drainMs);
  look();
  return promise;
}
