import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { createAgentPause } from '../../../lib/flows/agent-pause.ts';
import { scheduleDefinitions } from '../../../lib/flows/schedules/definitions.ts';
import { createScheduleSwitches } from '../../../lib/flows/schedules/schedule-switches.ts';
import { openDataFolder } from '../../local/data-folder.ts';
import type { Settings } from '../settings.ts';
import { openLocalAgents } from './local-agents.ts';
import type { OpenSwitches } from './open-switches.ts';

/**
 * The switches of this machine while no host runs: the next one acts on them.
 * @throws DataFolderInUseError while another command works on the folder
 */
export function openStoredSwitches(settings: Settings): OpenSwitches {
  const dataFolder = openDataFolder(settings.dataFolder);
  try {
    dataFolder.announce({ pid: process.pid, command: 'cicd' });
    const store = openSqliteStore(dataFolder.store);
    const now = Date.now;
    const pause = createAgentPause(store, now);
    const definitions = scheduleDefinitions(settings.config.config);
    return {
      pause,
      agents: openLocalAgents(settings, { rates: store, store }),
      schedules: createScheduleSwitches({ store, pause, now }, definitions),
      hostRuns: false,
      workOff: async () => 'when the host runs (npm start)',
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
