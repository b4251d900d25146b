import { existsSync } from 'node:fs';
import type { RunPaths } from './run-paths.ts';
import { processRecordSchema, readRecord, runResultSchema } from './run-records.ts';
import type { KnownRun } from './run-view.ts';
import { endProcesses } from './supervisor/end-processes.ts';
import { isAlive } from './supervisor/process-identity.ts';

/**
 * How an agent run stands; undefined before a supervisor has it. A result counts once its supervisor is gone, who
 * writes it last: what stands there before is somebody else's.
 */
export function progressOf(paths: RunPaths): KnownRun['progress'] | undefined {
  if (!existsSync(paths.claim)) return undefined;
  const supervisor = readRecord(paths.claim, processRecordSchema);
  if (supervisor !== undefined && isAlive(supervisor)) return { kind: 'running' };
  const result = readRecord(paths.result, runResultSchema);
  return result === undefined ? { kind: 'lost' } : { kind: 'ended', result };
}

/** What an agent does that nobody watches over would come of nothing: another attempt is on its way. */
export async function endUnwatched(paths: RunPaths): Promise<void> {
  const agent = readRecord(paths.agent, processRecordSchema);
  const leader = agent !== undefined && isAlive(agent) ? agent.pid : undefined;
  await endProcesses({ leader, temporary: paths.temporary }, { politeMs: 0 });
}
