import { existsSync } from 'node:fs';
import { createFolderBlobs } from '../../../lib/adapters/folder/blobs.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { createAgentPause, type AgentPause } from '../../../lib/flows/agent-pause.ts';
import { createDeliveryRecords } from '../../../lib/flows/dispatch/delivery-records.ts';
import { createDispatchContext } from '../../../lib/flows/dispatch/dispatch-context.ts';
import type { Runs } from '../../../lib/ports/runs.ts';
import type { Schedules } from '../../../lib/ports/schedules.ts';
import { dataFolderPaths } from '../../local/data-folder.ts';
import type { AgentReader } from '../../desk/agent-desk.ts';
import { createDeliveryReader, type DeliveryReader } from '../../desk/delivery-desk.ts';
import { openRunsReadOnly } from '../../local/engine/runs-read-only.ts';
import { localStack } from '../../local/local-services.ts';
import { createRunReader, type RunReader, type RunSource } from '../../desk/run-reader.ts';
import { scheduleDefinitions } from '../../../lib/flows/schedules/definitions.ts';
import { readScheduleViews } from '../../../lib/flows/schedules/schedule-views.ts';
import { findHost, type Closable } from './find-host.ts';
import { openLocalAgents } from './local-agents.ts';
import type { Settings } from '../options.ts';
import { printProgress } from '../output.ts';
import { runPlace, type RunPlace } from './run-place.ts';

/** What there is to look at, without changing anything. */
export interface OpenReader extends Closable {
  reader: RunReader;
  agents: AgentReader;
  deliveries: DeliveryReader;
  schedules: Pick<Schedules, 'list'>;
  pause: Pick<AgentPause, 'get'>;
  /** Of the host that holds the folder; null when none does, and for a stack. */
  hostUrl: string | null;
  place: RunPlace;
}

/** A data folder before its first run. */
const noRuns: RunSource & Pick<Runs, 'findByName'> & { close(): void } = {
  list: async () => ({ runs: [], next: null }),
  get: async () => undefined,
  logs: async () => [],
  findRuns: () => [],
  findByName: async () => undefined,
  close: () => {},
};

/** For commands that only look: a stack, the host's desk, or the files themselves, whoever holds them. */
export async function openReader(settings: Settings): Promise<OpenReader> {
  const { stack } = settings;
  if (stack !== undefined) {
    const { openStackReader } = await import('../stack/stack-desk.ts');
    return openStackReader(settings, stack);
  }
  const host = await findHost(settings);
  const place = runPlace(stack);
  if (host !== undefined) return { ...host, place, reader: host.desk, hostUrl: host.url };
  return { ...openFiles(settings), place, hostUrl: null };
}

function openFiles(settings: Settings): Omit<OpenReader, 'hostUrl' | 'place'> {
  const paths = dataFolderPaths(settings.dataFolder);
  const blobs = createFolderBlobs(paths.blobs);
  const [hasRuns, hasStore] = [existsSync(paths.database), existsSync(paths.store)];
  if (!hasRuns && !hasStore) printProgress(`There is no data in ${paths.folder} yet.`);
  const runs = hasRuns ? openRunsReadOnly(paths.database) : noRuns;
  const store = hasStore
    ? openSqliteStore(paths.store, { readOnly: true })
    : openSqliteStore(':memory:');
  const rates = openSqliteStore(':memory:');
  const now = Date.now;
  const schedules = scheduleDefinitions(settings.config.config);
  const pause = createAgentPause(store, now);
  return {
    pause,
    reader: createRunReader(runs, blobs),
    agents: openLocalAgents(settings, { rates, store }),
    deliveries: createDeliveryReader({
      deliveries: createDeliveryRecords(store, now),
      context: createDispatchContext(settings.config, localStack),
      runs,
    }),
    schedules: {
      list: () => readScheduleViews({ store, pause, now }, schedules),
    },
    close: async () => {
      runs.close();
      await Promise.all([store.close(), rates.close()]);
    },
  };
}
