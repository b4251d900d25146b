import { existsSync } from 'node:fs';
import { createFolderBlobs } from '../../../lib/adapters/folder/blobs.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { createAgentPause } from '../../../lib/flows/agent-pause.ts';
import { createDeliveryRecords } from '../../../lib/flows/dispatch/delivery-records.ts';
import { createDispatchContext } from '../../../lib/flows/dispatch/dispatch-context.ts';
import { scheduleDefinitions } from '../../../lib/flows/schedules/definitions.ts';
import { readScheduleViews } from '../../../lib/flows/schedules/schedule-views.ts';
import type { Runs } from '../../../lib/ports/runs.ts';
import { createDeliveryReader } from '../../desk/delivery-desk.ts';
import { createRunReader, type RunSource } from '../../desk/run-reader.ts';
import { dataFolderPaths } from '../../local/data-folder.ts';
import { openRunsReadOnly } from '../../local/engine/runs-read-only.ts';
import { localStack } from '../../local/local-services.ts';
import { printProgress } from '../output.ts';
import type { Settings } from '../settings.ts';
import { openLocalAgents } from './local-agents.ts';
import type { OpenReader } from './open-reader.ts';

/** A data folder before its first run. */
const noRuns: RunSource & Pick<Runs, 'findByName'> & { close(): void } = {
  list: async () => ({ runs: [], next: null }),
  get: async () => undefined,
  logs: async () => [],
  findRuns: () => [],
  findByName: async () => undefined,
  close: () => {},
};

/** The files of this machine, whoever holds them. */
export function openFiles(settings: Settings): Omit<OpenReader, 'hostUrl' | 'place'> {
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
