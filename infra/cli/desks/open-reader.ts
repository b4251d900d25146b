import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { Schedules } from '../../../lib/ports/schedules.ts';
import type { AgentReader } from '../../desk/agent-desk.ts';
import type { DeliveryReader } from '../../desk/delivery-desk.ts';
import type { RunReader } from '../../desk/run-reader.ts';
import type { Settings } from '../settings.ts';
import { findHost, type Closable } from './find-host.ts';
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
  const { openFiles } = await import('./open-files.ts');
  return { ...openFiles(settings), place, hostUrl: null };
}
