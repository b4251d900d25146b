import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentRequest } from '../../ports/agent-provider.ts';
import { agentEnvironment } from './agent-environment.ts';
import { prepareClone, type CloneTools } from './clone/prepare-clone.ts';
import type { HostRecords, RunRequest } from './host-records.ts';
import { launchSupervisor } from './launch.ts';
import type { RunPaths } from './run-paths.ts';
import { writeRecord } from './run-records.ts';

export interface StartTools extends CloneTools {
  /** Of the host. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Variables of it that the agent may see. */
  named: readonly string[];
  /** Absolute path of the program, and its arguments. */
  run: readonly string[];
  records: HostRecords;
  /** Bytes. */
  mostOutput: number;
}

/**
 * Prepares an agent run and has it supervised. Tried again after a crash it goes on from what is complete: first
 * the clone, then the order, then a supervisor. Of several supervisors one gets the agent.
 */
export async function startRun(
  request: AgentRequest,
  paths: RunPaths,
  tools: StartTools,
): Promise<void> {
  if (existsSync(paths.claim)) return;
  if (!existsSync(paths.order)) await prepare(request, paths, tools);
  await mkdir(paths.temporary, { recursive: true, mode: 0o700 });
  const { environment, named } = tools;
  const own = { id: request.id, temporary: paths.temporary };
  await launchSupervisor(paths, agentEnvironment(environment, named, own));
}

async function prepare(request: AgentRequest, paths: RunPaths, tools: StartTools): Promise<void> {
  const { deadline, id, mayChangeCode, source, title } = request;
  await mkdir(paths.folder, { recursive: true, mode: 0o700 });
  await mkdir(paths.workFolder, { recursive: true, mode: 0o700 });
  await clear(paths.folder);
  await clear(paths.workFolder);
  // A git of the host that was killed may still write to where it began.
  const draft = join(paths.workFolder, `draft-${randomUUID()}`);
  const base = await prepareClone(request, draft, tools);
  await rename(draft, paths.clone);
  await writeFile(paths.prompt, request.prompt, { mode: 0o600 });
  const record: RunRequest = {
    id,
    title,
    source,
    mayChangeCode,
    base,
    createdAt: new Date().toISOString(),
    order: {
      run: [...tools.run],
      masked: [...tools.named],
      mostOutput: tools.mostOutput,
      deadline,
    },
  };
  await tools.records.put({ request: record });
  writeRecord(paths.order, record.order);
}

/** Removes what an earlier call has left unfinished. */
async function clear(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name === 'cancel') continue;
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
