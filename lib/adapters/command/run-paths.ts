import { join } from 'node:path';

/** What an agent run has on disk, in two folders: the agent is told of the second only. */
export interface RunPaths {
  /** For what its supervisor and the host tell each other. */
  folder: string;
  /** For the supervisor: what it is to run. The clone is complete when this is there. */
  order: string;
  prompt: string;
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
  /** For what the agent works with. */
  workFolder: string;
  /** Where it works. */
  clone: string;
  /** For its temporary files. Its processes are known by it: see `end-processes.ts`. */
  temporary: string;
}

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it is an id of ours: anything else could lead to another folder. */
export function isRunId(id: string): boolean {
  return idPattern.test(id);
}

/** @param root of all agent runs */
export function runPaths(root: string, id: string): RunPaths {
  const folder = join(root, id);
  const workFolder = join(workFolders(root), id);
  return {
    folder,
    order: join(folder, 'order.json'),
    prompt: join(folder, 'prompt.md'),
    claim: join(folder, 'claim.json'),
    agent: join(folder, 'agent.json'),
    output: join(folder, 'output.jsonl'),
    cancel: join(folder, 'cancel'),
    result: join(folder, 'result.json'),
    workFolder,
    clone: join(workFolder, 'clone'),
    temporary: join(workFolder, 'tmp'),
  };
}

/** Where agents work, each in a folder of its own. */
export function workFolders(root: string): string {
  return join(root, 'work');
}
