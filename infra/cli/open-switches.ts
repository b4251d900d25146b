import { openSqliteStore } from '../../lib/adapters/sqlite/store.ts';
import { createAgentPause, type AgentPause } from '../../lib/flows/agent-pause.ts';
import { openDataFolder } from '../local/data-folder.ts';
import { scheduleDefinitions } from '../../lib/flows/schedules/definitions.ts';
import {
  createScheduleSwitches,
  type ScheduleSwitches,
} from '../../lib/flows/schedules/schedule-switches.ts';
import { findHost, type Closable } from './find-host.ts';
import type { Settings } from './options.ts';

/** What holds the system back, and lets it go on. */
interface OpenSwitches extends Closable {
  pause: AgentPause;
  schedules: ScheduleSwitches;
  /** Whether a host acts on them at once. */
  hostRuns: boolean;
}

/**
 * For commands that only turn a switch: without a host, they change the store and start nothing.
 * @throws DataFolderInUseError while another command works on the folder
 */
export async function openSwitches(settings: Settings): Promise<OpenSwitches> {
  const host = await findHost(settings);
  if (host !== undefined) return { ...host, hostRuns: true };

  const dataFolder = openDataFolder(settings.dataFolder);
  try {
    dataFolder.announce({ pid: process.pid, command: 'cicd' });
    const store = openSqliteStore(dataFolder.store);
    const now = Date.now;
    const pause = createAgentPause(store, now);
    const definitions = scheduleDefinitions(settings.config.config);
    return {
      pause,
      schedules: createScheduleSwitches({ store, pause, now }, definitions),
      hostRuns: false,
      close: async () => {
        await store.close();
        dataFolder.close();
      },
    };
  } catch (error) {
    dataFolder.close();
    throw error;
  }
}
