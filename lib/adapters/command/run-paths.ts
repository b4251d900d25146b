import { join } from 'node:path';

/** What an agent run has in its folder. */
export interface RunPaths {
  folder: string;
  /** What was asked for. Its clone is complete when this is there. */
  request: string;
  prompt: string;
  /** Where the agent works. */
  clone: string;
  /** For its temporary files. Its processes are known by it: see `end-processes.ts`. */
  temporary: string;
  /** Of the supervisor: who has it runs the agent, and nobody else ever does. */
  claim: string;
  /** The agent's process. */
  agent: string;
  /** All that it has printed. */
  output: string;
  /** Asks the supervisor to end it. */
  cancel: string;
  /** How it has ended. */
  result: string;
  /** What became of its changes. */
  publication: string;
}

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it is an id of ours: anything else could lead to another folder. */
export function isRunId(id: string): boolean {
  return idPattern.test(id);
}

export function runPaths(folder: string): RunPaths {
  return {
    folder,
    request: join(folder, 'request.json'),
    prompt: join(folder, 'prompt.md'),
    clone: join(folder, 'clone'),
    temporary: join(folder, 'tmp'),
    claim: join(folder, 'claim.json'),
    agent: join(folder, 'agent.json'),
    output: join(folder, 'output.jsonl'),
    cancel: join(folder, 'cancel'),
    result: join(folder, 'result.json'),
    publication: join(folder, 'publication.json'),
  };
}
