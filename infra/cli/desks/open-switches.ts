import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { ScheduleSwitches } from '../../../lib/flows/schedules/schedule-switches.ts';
import type { AgentDesk } from '../../desk/agent-desk.ts';
import type { Settings } from '../settings.ts';
import { findHost, type Closable } from './find-host.ts';

/** What holds the system back, and lets it go on. */
export interface OpenSwitches extends Closable {
  pause: AgentPause;
  /** Stops agent runs; none is started by it. */
  agents: AgentDesk;
  schedules: ScheduleSwitches;
  /** Whether a host or a stack acts on them at once. */
  hostRuns: boolean;
  /** Has what a pause has held back worked off. @returns when that is, or by what */
  workOff(): Promise<string>;
}

/**
 * For commands that only turn a switch: without a host, they change the store and start nothing.
 * @throws DataFolderInUseError while another command works on the folder
 */
export async function openSwitches(settings: Settings): Promise<OpenSwitches> {
  if (settings.stack !== undefined) {
    const { openStackSwitches } = await import('../stack/stack-desk.ts');
    return openStackSwitches(settings, settings.stack);
  }
  const host = await findHost(settings);
  if (host !== undefined) return { ...host, hostRuns: true, workOff: async () => 'now' };
  const { openStoredSwitches } = await import('./open-stored-switches.ts');
  return openStoredSwitches(settings);
}
