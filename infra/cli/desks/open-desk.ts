import type { Settings } from '../settings.ts';
import { findHost, type Closable, type Desks } from './find-host.ts';
import { runPlace, type RunPlace } from './run-place.ts';

export interface OpenDesk extends Closable, Desks {
  /** The runs work in this very process and stop with it; otherwise a host goes on with them. */
  runsHere: boolean;
  place: RunPlace;
}

/**
 * For commands that start or steer runs: the desk of the stack that is meant; else the host's, or one of this
 * process. Only the one that it is gets loaded: the engine, or the SDK of AWS, takes its time.
 * @throws DataFolderInUseError while another command works on the folder
 */
export async function openDesk(settings: Settings): Promise<OpenDesk> {
  const { stack } = settings;
  const place = runPlace(stack);
  if (stack !== undefined) {
    const { openStackDesk } = await import('../stack/stack-desk.ts');
    return openStackDesk(settings, stack);
  }
  const host = await findHost(settings);
  if (host !== undefined) return { ...host, place, runsHere: false };
  const { openDeskHere } = await import('./open-desk-here.ts');
  return { ...(await openDeskHere(settings)), place, runsHere: true };
}
