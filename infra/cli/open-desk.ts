import { existsSync } from 'node:fs';
import { createFolderBlobs } from '../../lib/adapters/folder/blobs.ts';
import { dataFolderPaths, openDataFolder, readHolder } from '../local/data-folder.ts';
import { openRunsReadOnly } from '../local/engine/runs-read-only.ts';
import { startLocalRuntime } from '../local/local-runtime.ts';
import { createRunDesk, type RunDesk } from '../local/run-desk.ts';
import { createRunReader, type RunReader, type RunSource } from '../local/run-reader.ts';
import { formatLine } from '../local/text-log.ts';
import type { LogRecord } from '../../lib/runtime/logging.ts';
import { callHostAt, isHostAt } from './host-client.ts';
import { createHttpDesk } from './http-desk.ts';
import type { Settings } from './options.ts';
import { printProgress } from './output.ts';

interface Closable {
  close(): Promise<void>;
}

export interface OpenDesk extends Closable {
  desk: RunDesk;
  /** The runs work in this very process and stop with it; otherwise a host goes on with them. */
  runsHere: boolean;
}

const drainMilliseconds = 2_000;

/**
 * The desk of the host that holds the data folder, if there is one. A host that was killed has left its
 * address behind: it counts only if it answers itself.
 */
async function findHostDesk({ dataFolder }: Settings): Promise<RunDesk | undefined> {
  const { instance, url } = readHolder(dataFolder) ?? {};
  if (url === undefined || instance === undefined) return undefined;
  return (await isHostAt(url, instance)) ? createHttpDesk(callHostAt(url)) : undefined;
}

/**
 * For commands that start or steer runs: the host's desk, or one of this process.
 * @throws DataFolderInUseError while another command works on the folder
 */
export async function openDesk(settings: Settings): Promise<OpenDesk> {
  const hostDesk = await findHostDesk(settings);
  if (hostDesk !== undefined) return { desk: hostDesk, runsHere: false, close: async () => {} };

  const dataFolder = openDataFolder(settings.dataFolder);
  try {
    dataFolder.announce({ pid: process.pid, command: 'cicd' });
    const runtime = await startLocalRuntime(dataFolder, settings.config.config, showWhatIsNoRun);
    const { blobs, engine } = runtime;
    return {
      desk: createRunDesk(engine, createRunReader(engine, blobs), settings.config),
      runsHere: true,
      close: () => runtime.close(drainMilliseconds),
    };
  } catch (error) {
    dataFolder.close();
    throw error;
  }
}

/** The command shows the log of its own run; that of others would be in the way. */
function showWhatIsNoRun(record: LogRecord): void {
  if (record.fields['executionArn'] === undefined) printProgress(formatLine(record));
}

/** A data folder before its first run. */
const noRuns: RunSource = {
  list: async () => ({ runs: [], next: null }),
  get: async () => undefined,
  logs: async () => [],
  findRuns: () => [],
};

/** For commands that only look: the host's desk, or the files themselves, whoever holds them. */
export async function openReader(settings: Settings): Promise<Closable & { reader: RunReader }> {
  const hostDesk = await findHostDesk(settings);
  if (hostDesk !== undefined) return { reader: hostDesk, close: async () => {} };

  const paths = dataFolderPaths(settings.dataFolder);
  const blobs = createFolderBlobs(paths.blobs);
  if (!existsSync(paths.database)) {
    printProgress(`There is no data in ${settings.dataFolder} yet.`);
    return { reader: createRunReader(noRuns, blobs), close: async () => {} };
  }
  const runs = openRunsReadOnly(paths.database);
  return {
    reader: createRunReader(runs, blobs),
    close: async () => runs.close(),
  };
}
