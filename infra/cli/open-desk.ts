import { existsSync } from 'node:fs';
import { createFolderBlobs } from '../../lib/adapters/folder/blobs.ts';
import { openSqliteStore } from '../../lib/adapters/sqlite/store.ts';
import { createAgentPause, type AgentPause } from '../../lib/flows/agent-pause.ts';
import { createDeliveryRecords } from '../../lib/flows/dispatch/delivery-records.ts';
import type { Schedules } from '../../lib/ports/schedules.ts';
import { dataFolderPaths, openDataFolder, readHolder } from '../local/data-folder.ts';
import {
  createDeliveryReader,
  type DeliveryDesk,
  type DeliveryReader,
} from '../local/delivery-desk.ts';
import { openRunsReadOnly } from '../local/engine/runs-read-only.ts';
import { startLocalRuntime } from '../local/local-runtime.ts';
import { createRunDesk, type RunDesk } from '../local/run-desk.ts';
import { createRunReader, type RunReader, type RunSource } from '../local/run-reader.ts';
import { scheduleDefinitions } from '../local/scheduler/definitions.ts';
import { readScheduleViews } from '../local/scheduler/schedule-views.ts';
import { formatLine } from '../local/text-log.ts';
import type { LogRecord } from '../../lib/runtime/logging.ts';
import { callHostAt, isHostAt } from './host-client.ts';
import { createHttpDeliveries } from './http-deliveries.ts';
import { createHttpDesk } from './http-desk.ts';
import { createHttpPause, createHttpSchedules } from './http-schedules.ts';
import type { Settings } from './options.ts';
import { printProgress } from './output.ts';

interface Closable {
  close(): Promise<void>;
}

/** All that a person can look at and steer. */
interface Desks {
  desk: RunDesk;
  deliveries: DeliveryDesk;
  schedules: Schedules;
  pause: AgentPause;
}

export interface OpenDesk extends Closable, Desks {
  /** The runs work in this very process and stop with it; otherwise a host goes on with them. */
  runsHere: boolean;
}

const drainMilliseconds = 2_000;

/** What there is to look at, without changing anything. */
interface OpenReader extends Closable {
  reader: RunReader;
  deliveries: DeliveryReader;
  schedules: Pick<Schedules, 'list'>;
}

/**
 * The desks of the host that holds the data folder, if there is one. A host that was killed has left its
 * address behind: it counts only if it answers itself.
 */
async function findHost({ dataFolder }: Settings): Promise<Desks | undefined> {
  const { instance, url } = readHolder(dataFolder) ?? {};
  if (url === undefined || instance === undefined) return undefined;
  if (!(await isHostAt(url, instance))) return undefined;
  const call = callHostAt(url);
  return {
    desk: createHttpDesk(call),
    deliveries: createHttpDeliveries(call),
    schedules: createHttpSchedules(call),
    pause: createHttpPause(call),
  };
}

/**
 * For commands that start or steer runs: the host's desk, or one of this process.
 * @throws DataFolderInUseError while another command works on the folder
 */
export async function openDesk(settings: Settings): Promise<OpenDesk> {
  const host = await findHost(settings);
  if (host !== undefined) return { ...host, runsHere: false, close: async () => {} };

  const dataFolder = openDataFolder(settings.dataFolder);
  try {
    dataFolder.announce({ pid: process.pid, command: 'cicd' });
    const runtime = await startLocalRuntime(dataFolder, settings, showWhatIsNoRun);
    const { blobs, deliveries, engine, pause, scheduler } = runtime;
    return {
      desk: createRunDesk(engine, createRunReader(engine, blobs), settings.config),
      deliveries,
      schedules: scheduler,
      pause,
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
const noRuns: RunSource & { close(): void } = {
  list: async () => ({ runs: [], next: null }),
  get: async () => undefined,
  logs: async () => [],
  findRuns: () => [],
  close: () => {},
};

/** For commands that only look: the host's desk, or the files themselves, whoever holds them. */
export async function openReader(settings: Settings): Promise<OpenReader> {
  const host = await findHost(settings);
  if (host !== undefined) return { ...host, reader: host.desk, close: async () => {} };

  const paths = dataFolderPaths(settings.dataFolder);
  const blobs = createFolderBlobs(paths.blobs);
  if (!existsSync(paths.database)) printProgress(`There is no data in ${paths.folder} yet.`);
  const runs = existsSync(paths.database) ? openRunsReadOnly(paths.database) : noRuns;
  const store = existsSync(paths.store)
    ? openSqliteStore(paths.store, { readOnly: true })
    : openSqliteStore(':memory:');
  const now = Date.now;
  const schedules = scheduleDefinitions(settings.config.config);
  return {
    reader: createRunReader(runs, blobs),
    deliveries: createDeliveryReader(createDeliveryRecords(store, now)),
    schedules: {
      list: () => readScheduleViews({ store, pause: createAgentPause(store, now), now }, schedules),
    },
    close: async () => {
      runs.close();
      await store.close();
    },
  };
}
