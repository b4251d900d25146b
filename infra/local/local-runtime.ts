import { removeOldRuns } from '../../lib/adapters/command/old-runs.ts';
import { createFolderBlobs } from '../../lib/adapters/folder/blobs.ts';
import { flowNames } from '../../lib/domain/flow-names.ts';
import type { Blobs } from '../../lib/ports/blobs.ts';
import { dataFolderVariable, envFileVariable } from '../../lib/runtime/local-environment.ts';
import { createLogger, errorFields, setLogSink, type LogSink } from '../../lib/runtime/logging.ts';
import { removeOldBlobs } from './blob-retention.ts';
import { readCodeVersion } from './code-version.ts';
import type { DataFolder } from './data-folder.ts';
import { createEngine } from './engine/engine.ts';
import type { Engine } from './engine/engine-interface.ts';
import { localFlows } from './flows.ts';
import type { HostSettings } from './host-settings.ts';
import { createLocalServices, type LocalServices } from './local-services.ts';
import { keepRunLog } from './run-log-sink.ts';

/** Everything that runs flows in this process, on one data folder. */
export interface LocalRuntime extends Omit<LocalServices, 'meter' | 'store'> {
  engine: Engine;
  blobs: Blobs;
  /** Stops taking work, waits for what is under way, closes the data folder. */
  close(drainMilliseconds: number): Promise<void>;
}

const hourMs = 3_600_000;

export interface RuntimeOptions {
  settings: HostSettings;
  /** Where log lines go beside the log of their run. */
  showLine: LogSink;
  /** Where the pages are, for links to them: `http://localhost:4200`. Default: the configured port. */
  pagesUrl?: () => string;
  /** Leaves the runs that other processes have started as they are. Default: it takes them up. */
  ownRunsOnly?: boolean;
}

/** Starts the engine on a data folder that this process holds. */
export async function startLocalRuntime(
  dataFolder: DataFolder,
  { ownRunsOnly = false, pagesUrl, settings, showLine }: RuntimeOptions,
): Promise<LocalRuntime> {
  const log = createLogger();
  const engine = await openEngine(dataFolder, { settings, ownRunsOnly });
  setLogSink(keepRunLog(engine, showLine));
  let services: LocalServices | undefined;
  try {
    services = createLocalServices(settings, dataFolder, {
      runs: engine,
      pagesUrl: pagesUrl ?? (() => `http://localhost:${settings.config.config.host.port}`),
    });
    await takeUpWork(engine, dataFolder, settings.envFile);
  } catch (error) {
    await services?.store.close();
    engine.close();
    throw error;
  }

  const { meter, store, ...others } = services;
  const stopSweeping = startSweeping(() => {
    const { retentionDays } = settings.config.config.runs;
    return Promise.all([
      removeOldBlobs(dataFolder.blobs, retentionDays),
      removeOldRuns(dataFolder.agentRuns, Date.now()),
      store.sweep(),
    ]);
  });
  return {
    ...others,
    engine,
    blobs: createFolderBlobs(dataFolder.blobs),
    close: async (drainMilliseconds) => {
      stopSweeping();
      await others.scheduler.stop();
      await others.bus.drain();
      const { interrupted } = await engine.drain(drainMilliseconds);
      if (interrupted > 0) log.info('Runs go on at the next start', { runs: interrupted });
      engine.close();
      await meter.flush();
      await store.close();
      dataFolder.close();
    },
  };
}

async function openEngine(
  dataFolder: DataFolder,
  { ownRunsOnly, settings }: { ownRunsOnly: boolean; settings: HostSettings },
): Promise<Engine> {
  const { concurrency, concurrentAnalyses, retentionDays } = settings.config.config.runs;
  const log = createLogger();
  return createEngine({
    databaseFile: dataFolder.database,
    codeVersion: await readCodeVersion(),
    concurrency: {
      total: concurrency,
      perFlow: { [flowNames.componentAnalysis]: concurrentAnalyses },
    },
    retention: { days: retentionDays },
    ownRunsOnly,
    onProblem: (problem) => log.error('The engine has a problem', errorFields(problem)),
  });
}

/**
 * Removes what is old now and every hour.
 * @returns ends it
 */
function startSweeping(sweep: () => Promise<unknown>): () => void {
  const log = createLogger();
  const sweepNow = () => {
    sweep().catch((error: unknown) =>
      log.warn('Old records could not be removed', errorFields(error)),
    );
  };
  sweepNow();
  const sweeper = setInterval(sweepNow, hourMs).unref();
  return () => clearInterval(sweeper);
}

/** Registers the flows, whose modules read the environment, and lets the engine begin. */
async function takeUpWork(engine: Engine, dataFolder: DataFolder, envFile: string): Promise<void> {
  process.env[dataFolderVariable] = dataFolder.folder;
  process.env[envFileVariable] = envFile;
  for (const { name, executionTimeoutSeconds, loadHandler } of localFlows) {
    engine.register({ name, executionTimeoutSeconds, handler: await loadHandler() });
  }
  logResume(engine.resume());
}

function logResume({ resumed, codeChanged, abandoned }: ReturnType<Engine['resume']>): void {
  const log = createLogger();
  if (resumed > 0) log.info('Runs taken up again', { runs: resumed });
  for (const { runId, startedAs } of codeChanged) {
    log.warn('Run started again because its code changed', { runId, startedAs });
  }
  for (const runId of abandoned) log.warn('Run could not be taken up again', { runId });
}
