import type { LogRecord } from '../../../lib/runtime/logging.ts';
import { openDataFolder } from '../../local/data-folder.ts';
import { startLocalRuntime } from '../../local/local-runtime.ts';
import { createRunDesk } from '../../desk/run-desk.ts';
import { createRunReader } from '../../desk/run-reader.ts';
import { formatLine } from '../../local/text-log.ts';
import { findHost, type Closable, type Desks } from './find-host.ts';
import type { Settings } from '../options.ts';
import { printProgress } from '../output.ts';
import { runPlace, type RunPlace } from './run-place.ts';

export interface OpenDesk extends Closable, Desks {
  /** The runs work in this very process and stop with it; otherwise a host goes on with them. */
  runsHere: boolean;
  place: RunPlace;
}

const drainMilliseconds = 2_000;

/**
 * For commands that start or steer runs: the desk of the stack that is meant; else the host's, or one of this
 * process, which works on the command's own run and leaves what a host has left behind to the next host.
 * @throws DataFolderInUseError while another command works on the folder
 */
export async function openDesk(settings: Settings): Promise<OpenDesk> {
  const { stack } = settings;
  const place = runPlace(stack);
  if (stack !== undefined) {
    // Nobody else is to wait until the SDK of AWS is loaded.
    const { openStackDesk } = await import('../stack/stack-desk.ts');
    return openStackDesk(settings, stack);
  }
  const host = await findHost(settings);
  if (host !== undefined) return { ...host, place, runsHere: false };

  const dataFolder = openDataFolder(settings.dataFolder);
  try {
    dataFolder.announce({ pid: process.pid, command: 'cicd' });
    const runtime = await startLocalRuntime(dataFolder, {
      settings,
      showLine: showWhatIsNoRun,
      ownRunsOnly: true,
    });
    const { agents, blobs, deliveries, engine, pause, scheduler } = runtime;
    return {
      desk: createRunDesk(engine, createRunReader(engine, blobs), settings.config),
      agents,
      deliveries,
      schedules: scheduler,
      pause,
      place,
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
