import type { LogRecord } from '../../../lib/runtime/logging.ts';
import { createRunDesk } from '../../desk/run-desk.ts';
import { createRunReader } from '../../desk/run-reader.ts';
import { openDataFolder } from '../../local/data-folder.ts';
import { startLocalRuntime } from '../../local/local-runtime.ts';
import { formatLine } from '../../local/text-log.ts';
import { printProgress } from '../output.ts';
import type { Settings } from '../settings.ts';
import type { Closable, Desks } from './find-host.ts';

const drainMilliseconds = 2_000;

/**
 * A desk of this process, which works on the command's own run and leaves what a host has left behind to the
 * next host.
 * @throws DataFolderInUseError while another command works on the folder
 */
export async function openDeskHere(settings: Settings): Promise<Closable & Desks> {
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
      desk: createRunDesk(engine, {
        agents,
        config: settings.config,
        reader: createRunReader(engine, blobs),
      }),
      agents,
      deliveries,
      schedules: scheduler,
      pause,
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
